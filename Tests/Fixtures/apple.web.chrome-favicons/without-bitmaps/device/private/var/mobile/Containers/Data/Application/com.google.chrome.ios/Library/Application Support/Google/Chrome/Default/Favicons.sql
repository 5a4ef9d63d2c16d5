-- Synthetic. No table of bitmaps, an icon that is missing, values of unexpected types.
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url);
CREATE TABLE icon_mapping (id INTEGER PRIMARY KEY, page_url, icon_id);
INSERT INTO favicons VALUES (1, 'https://a.example/i' || char(7));
INSERT INTO icon_mapping VALUES (1, 'https://a.example/', 1), (2, NULL, 9), (3, 12, 'one');
