-- Synthetic. A profile of iOS 17: a redirect within one site that a name and password stand before, a redirect whose
-- time is not set, and a visit that another device made and whose page was refused.
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL, visit_time REAL NOT NULL, title TEXT NULL, load_successful BOOLEAN NOT NULL DEFAULT 1, redirect_source INTEGER NULL, redirect_destination INTEGER NULL, origin INTEGER NOT NULL DEFAULT 0);
INSERT INTO history_items VALUES (1, 'http://someone:secret@news.example/'), (2, 'https://news.example:443/'), (3, 'http://unset.example/'), (4, 'https://elsewhere.example/');
INSERT INTO history_visits VALUES (1, 1, 656000000.25, NULL, 1, NULL, 2, 0), (2, 2, 656000000.75, NULL, 1, 1, NULL, 0), (3, 3, 0, NULL, 1, NULL, 4, 0), (4, 4, 0.5, 'Elsewhere', 0, 3, NULL, 1);
