-- Synthetic. A schema as old as iOS 6, without attributed texts; the table of handles is missing.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT, handle_id INTEGER DEFAULT 0, date INTEGER, is_from_me INTEGER, service TEXT);
INSERT INTO message VALUES (1, 'http://old.example/', 1, 372000000, 0, 'SMS'), (2, NULL, NULL, NULL, NULL, NULL), (3, 'ALERT:State-sponsored attackers may be targeting your iPhone', 5, 372000100, NULL, 'iMessage');
