-- Synthetic. The schema of browser.db: microseconds, a page that was deleted, types that are not decoded, odd values.
CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT NOT NULL UNIQUE, url TEXT UNIQUE, title TEXT NOT NULL, is_deleted TINYINT NOT NULL);
CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, siteID INTEGER NOT NULL, date REAL NOT NULL, type INTEGER NOT NULL, is_local TINYINT NOT NULL);
INSERT INTO history VALUES (1, 'a', 'https://a.example/', 'A' || char(10) || 'B', 0), (2, 'b', NULL, '', 1);
INSERT INTO visits VALUES (1, 1, 1634307200250000.0, 1, 1), (2, 1, 0, 9, 0), (3, 2, 1634307300000000, 42, 1), (4, 77, 9e99, 5, 1), (5, 1, -1, 2, 1);
