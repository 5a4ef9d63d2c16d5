CREATE TABLE OtherDevices (Name, Address);
INSERT INTO OtherDevices VALUES (x'1b5b33316d', char(10)||'a'),(NULL,NULL),(7,8.5);
