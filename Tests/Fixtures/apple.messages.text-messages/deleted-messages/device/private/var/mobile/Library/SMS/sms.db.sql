-- Synthetic. A notice that was deleted together with its sender, a message that was deleted alone, and decoys: a message
-- that was marked as read, which is an earlier version, and attachments that stay.
PRAGMA secure_delete=OFF;
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, handle_id INTEGER DEFAULT 0, date INTEGER, date_read INTEGER, is_from_me INTEGER DEFAULT 0, is_read INTEGER DEFAULT 0, service TEXT);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT NOT NULL, uncanonicalized_id TEXT);
INSERT INTO handle VALUES (1, '+256700000001', 'ug', 'SMS', NULL), (2, 'threat-notifications@email.apple.example', NULL, 'iMessage', NULL);
INSERT INTO message VALUES (1, 'G-1', 'Lunch? https://menu.example/today', 1, 656000000000000000, 0, 0, 0, 'SMS'),
 (2, 'G-2', 'Your parcel: http://parcel.example/t/9', 1, 656000100000000000, 0, 0, 0, 'SMS'),
 (3, 'G-3', 'ALERT: State-sponsored attackers may be targeting your iPhone', 2, 656000200000000000, 0, 0, 0, 'iMessage'),
 (4, 'G-4', 'Yes', 1, 656000300000000000, 0, 1, 0, 'SMS');
DELETE FROM message WHERE ROWID = 2;
