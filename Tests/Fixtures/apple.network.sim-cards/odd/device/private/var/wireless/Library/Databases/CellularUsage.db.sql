CREATE TABLE subscriber_info (subscriber_id BLOB, last_update_time TEXT);
INSERT INTO subscriber_info VALUES (x'ff00','never'),(5,1e300);
