-- Synthetic. The schema of Chromium, shortened: a redirect of the published shape, a sign-in page on a usual port as a
-- decoy, a typed visit, a visit that another device made, and a page whose visits are gone.
CREATE TABLE urls (id INTEGER PRIMARY KEY AUTOINCREMENT, url LONGVARCHAR, title LONGVARCHAR, visit_count INTEGER DEFAULT 0 NOT NULL, typed_count INTEGER DEFAULT 0 NOT NULL, last_visit_time INTEGER NOT NULL, hidden INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, url INTEGER NOT NULL, visit_time INTEGER NOT NULL, from_visit INTEGER, transition INTEGER DEFAULT 0 NOT NULL, segment_id INTEGER, visit_duration INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visit_source (id INTEGER PRIMARY KEY, source INTEGER NOT NULL);
INSERT INTO urls VALUES
 (1, 'http://news.example/', 'News', 1, 1, 13278780800000000, 0),
 (2, 'https://x7.injected.example:30495/szev4hz', '', 1, 0, 13278780800000000, 0),
 (3, 'https://www.news.example/', 'News', 2, 0, 13278780900000000, 0),
 (4, 'http://wifi.example/', 'Wi-Fi', 1, 0, 13278781000000000, 1),
 (5, 'https://kept.example/', 'Kept', 3, 1, 13270000000000000, 0);
-- 805306369: typed, a chain of one page; -1610612736: a redirect of the server at the end of a chain.
INSERT INTO visits VALUES
 (1, 1, 13278780800000000, 0, 268435457, 0, 0),
 (2, 2, 13278780800000000, 1, -1610612736, 0, 2500000),
 (3, 3, 13278780900000000, 0, 805306369, 0, 60000000),
 (4, 4, 13278781000000000, 3, 268435456, 0, 0),
 (5, 3, 13278781000000000, 4, 1610612736, 0, 1000000),
 (6, 3, 13278781100000000, 0, 805306368, 0, 0);
INSERT INTO visit_source VALUES (6, 0);
