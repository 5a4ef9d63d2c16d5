CREATE TABLE subscriber_info (subscriber_id TEXT, subscriber_mdn TEXT, tag TEXT, last_update_time REAL, slot_id INTEGER);
INSERT INTO subscriber_info VALUES ('8900000000000000001','15550100','tag one',706123456.5,1),('8900000000000000009',NULL,NULL,0,2);
