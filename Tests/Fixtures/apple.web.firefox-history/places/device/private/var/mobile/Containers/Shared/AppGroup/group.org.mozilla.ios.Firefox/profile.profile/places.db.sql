-- Synthetic. The schema of the shared component, shortened: a redirect of the published shape, a redirect to the
-- encrypted page of the same site as a decoy, a visit of another device, and a bookmark that was never visited.
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, title LONGVARCHAR, last_visit_date_local INTEGER NOT NULL DEFAULT 0, guid TEXT NOT NULL);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, is_local INTEGER NOT NULL, from_visit INTEGER, place_id INTEGER NOT NULL, visit_date INTEGER NOT NULL, visit_type INTEGER NOT NULL);
INSERT INTO moz_places VALUES
 (1, 'http://news.example/', 'News', 1634307200250, 'a'), (2, 'https://x7.injected.example:30495/szev4hz', NULL, 1634307200300, 'b'),
 (3, 'https://www.news.example:8443/', 'News', 1634307300000, 'c'), (4, 'https://bookmark.example/', 'Kept', 0, 'd');
INSERT INTO moz_historyvisits VALUES (1, 1, NULL, 1, 1634307200250, 2), (2, 1, 1, 2, 1634307200300, 6), (3, 1, 1, 3, 1634307300000, 5), (4, 0, 0, 3, 1634307400000, 1);
