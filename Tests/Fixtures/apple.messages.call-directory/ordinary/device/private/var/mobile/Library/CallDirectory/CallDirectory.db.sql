CREATE TABLE Extension (id INTEGER PRIMARY KEY, bundle_id TEXT, priority INTEGER, state INTEGER, state_last_modified REAL);
CREATE TABLE PhoneNumber (id INTEGER PRIMARY KEY, number INTEGER);
CREATE TABLE PhoneNumberBlockingEntry (id INTEGER PRIMARY KEY, extension_id INTEGER, phone_number_id INTEGER);
CREATE TABLE PhoneNumberIdentificationEntry (id INTEGER PRIMARY KEY, extension_id INTEGER, phone_number_id INTEGER, label_id INTEGER);
INSERT INTO Extension VALUES (1,'org.example.blocker.directory',0,2,5),(4,'org.example.names.directory',1,1,6);
INSERT INTO PhoneNumberBlockingEntry VALUES (1,1,1),(2,1,2),(3,9,2);
INSERT INTO PhoneNumberIdentificationEntry VALUES (1,4,1,1);
