-- Synthetic. The schema of iOS 14. A visit that was deleted before the log began (its number is overwritten), and in the
-- log a redirect of the published shape that was deleted with its pages. A title that was changed is an earlier version.
PRAGMA secure_delete=OFF;
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, domain_expansion TEXT NULL, visit_count INTEGER NOT NULL);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL REFERENCES history_items(id) ON DELETE CASCADE, visit_time REAL NOT NULL, title TEXT NULL, redirect_source INTEGER NULL UNIQUE REFERENCES history_visits(id), redirect_destination INTEGER NULL UNIQUE REFERENCES history_visits(id), origin INTEGER NOT NULL DEFAULT 0);
INSERT INTO history_items VALUES (1, 'https://stays.example/', NULL, 2), (2, 'http://news.example/', 'news', 1), (3, 'https://x7.injected.example:30495/szev4hz', NULL, 1), (4, 'https://deleted-alone.example/page', NULL, 1), (5, 'https://last.example/', NULL, 1);
INSERT INTO history_visits VALUES (1, 1, 656000000.25, 'Stays', NULL, NULL, 0), (2, 1, 656000050.0, 'A deleted visit to a page that stays', NULL, NULL, 0), (3, 2, 656000100.25, 'News', NULL, 4, 0), (4, 3, 656000100.75, NULL, 3, NULL, 0), (5, 5, 656000200.0, 'A title', NULL, NULL, 0);
DELETE FROM history_visits WHERE id = 2;
