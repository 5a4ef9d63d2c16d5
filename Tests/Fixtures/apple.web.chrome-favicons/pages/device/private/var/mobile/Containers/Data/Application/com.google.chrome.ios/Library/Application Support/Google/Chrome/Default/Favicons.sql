-- Synthetic. The schema of Chromium: an icon in two sizes, one icon for two pages, an icon whose page is forgotten.
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url LONGVARCHAR NOT NULL, icon_type INTEGER DEFAULT 1);
CREATE TABLE favicon_bitmaps (id INTEGER PRIMARY KEY, icon_id INTEGER NOT NULL, last_updated INTEGER DEFAULT 0, image_data BLOB, width INTEGER DEFAULT 0, height INTEGER DEFAULT 0, last_requested INTEGER DEFAULT 0);
CREATE TABLE icon_mapping (id INTEGER PRIMARY KEY, page_url LONGVARCHAR NOT NULL, icon_id INTEGER);
INSERT INTO favicons VALUES (1, 'https://x7.injected.example/favicon.ico', 1), (2, 'https://www.news.example/icon.png', 1), (3, 'https://forgotten.example/favicon.ico', 1);
INSERT INTO favicon_bitmaps VALUES (1, 1, 13278780800000000, x'00', 16, 16, 0), (2, 1, 13278780900000000, x'00', 32, 32, 13278780950000000), (3, 2, 0, NULL, 16, 16, 13278781000000000), (4, 3, 13270000000000000, NULL, 16, 16, 0);
INSERT INTO icon_mapping VALUES (1, 'https://x7.injected.example:30495/szev4hz', 1), (2, 'https://www.news.example/', 2), (3, 'https://www.news.example/two', 2);
