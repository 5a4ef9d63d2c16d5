-- Synthetic. The schema of Safari, shortened: a bookmark in a folder, two entries of the reading list, one of them of a
-- published shape, and a bookmark that waits for its deletion.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, special_id INTEGER DEFAULT 0, parent INTEGER, type INTEGER, title TEXT, url TEXT COLLATE NOCASE, hidden INTEGER DEFAULT 0, external_uuid TEXT, read INTEGER, deleted INTEGER DEFAULT 0, extra_attributes BLOB);
INSERT INTO bookmarks VALUES
 (0, 0, NULL, 1, 'Root', NULL, 0, 'Root', NULL, 0, NULL),
 (1, 1, 0, 1, 'BookmarksBar', NULL, 0, 'B', NULL, 0, NULL),
 (2, 3, 0, 1, 'com.apple.ReadingList', NULL, 0, 'R', NULL, 0, NULL),
 (3, 0, 1, 0, 'News', 'https://news.example/', 0, 'E-3', NULL, 0, CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>com.apple.Bookmark</key><dict><key>DateAdded</key><date>2021-10-15T13:00:00Z</date></dict></dict></plist>' AS BLOB)),
 (4, 0, 2, 0, 'Read this', 'https://x7.injected.example:30495/szev4hz', 0, 'E-4', 0, 0, CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>com.apple.ReadingList</key><dict><key>DateAdded</key><date>2021-10-15T14:13:20Z</date><key>PreviewText</key><string>The first words</string></dict></dict></plist>' AS BLOB)),
 (5, 0, 2, 0, 'Done', 'https://www.weather.example/', 0, 'E-5', 1, 0, CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>com.apple.ReadingList</key><dict><key>DateAdded</key><date>2021-10-15T14:13:21Z</date><key>DateLastViewed</key><date>2021-10-15T15:00:00Z</date></dict></dict></plist>' AS BLOB)),
 (6, 0, 0, 0, 'Gone', 'https://gone.example/', 1, 'E-6', NULL, 1, NULL);
