CREATE TABLE PairedDevices (Uuid TEXT, Name TEXT, NameOrigin INTEGER, Address TEXT, ResolvedAddress TEXT, LastSeenTime INTEGER, LastConnectionTime INTEGER);
INSERT INTO PairedDevices VALUES ('11111111-0000-4000-8000-000000000001','Example Watch',2,'Random 02:00:00:00:00:20','Public 02:00:00:00:00:21',45139,248);
