-- Synthetic. The schema of browser.db: an icon with a date in seconds, one in milliseconds, one in microseconds.
CREATE TABLE favicons (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, width INTEGER, height INTEGER, type INTEGER NOT NULL, date REAL NOT NULL);
CREATE TABLE favicon_sites (id INTEGER PRIMARY KEY AUTOINCREMENT, siteID INTEGER NOT NULL, faviconID INTEGER NOT NULL);
CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT UNIQUE, title TEXT NOT NULL);
INSERT INTO favicons VALUES (1, 'https://x7.injected.example/favicon.ico', 16, 16, 0, 1634307200.25), (2, 'https://news.example/i.png', 32, 32, 2, 1634307200250), (3, 'https://news.example/j.png', NULL, NULL, 3, 1634307200250000);
INSERT INTO history VALUES (1, 'https://x7.injected.example:30495/szev4hz', ''), (2, 'https://news.example/', 'News');
INSERT INTO favicon_sites VALUES (1, 1, 1), (2, 2, 2), (3, 2, 3);
