-- Synthetic. The Protected Index is locked or not there.
CREATE TABLE messages (ROWID INTEGER PRIMARY KEY, sender INTEGER, date_received INTEGER, mailbox INTEGER);
INSERT INTO messages VALUES (1, 1, 1635848610, 1);
