-- Synthetic. Dangling references, a date that is none, columns missing.
CREATE TABLE favicons (id INTEGER PRIMARY KEY, url, date);
CREATE TABLE favicon_sites (id INTEGER PRIMARY KEY, siteID, faviconID);
INSERT INTO favicons VALUES (1, 'https://a.example/i' || char(27), 'today'), (2, NULL, 0);
INSERT INTO favicon_sites VALUES (1, 5, 1), (2, NULL, 2), (3, 1, NULL);
