CREATE TABLE Extension (id INTEGER PRIMARY KEY, bundle_id, state);
CREATE TABLE PhoneNumberBlockingEntry (extension_id);
INSERT INTO Extension VALUES (-1,x'ff','x'),(2,NULL,NULL);
INSERT INTO PhoneNumberBlockingEntry VALUES (-1),('x'),(NULL);
