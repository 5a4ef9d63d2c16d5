-- Synthetic. The schema of iOS 12 to 14: a tab whose back list holds a page of a published shape, a tab without a
-- session, a session whose tab is gone, and a tab that showed nothing.
CREATE TABLE tabs (id INTEGER PRIMARY KEY AUTOINCREMENT, uuid TEXT NOT NULL, title TEXT, url TEXT, user_visible_url TEXT, order_index INTEGER NOT NULL, last_viewed_time REAL, opened_from_link INTEGER, private_browsing INTEGER, browser_window_id INTEGER NOT NULL);
CREATE TABLE tab_sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, tab_uuid TEXT NOT NULL UNIQUE, session_data BLOB);
INSERT INTO tabs VALUES
 (1, 'A-1', 'Weather', 'https://www.weather.example/', 'weather.example', 0, 656000000.5, 1, 0, 1),
 (2, 'A-2', 'Private', 'https://private.example/', 'https://private.example/', 1, 656000100, 0, 1, 1),
 (3, 'A-3', NULL, NULL, NULL, 2, 0, 0, 0, 1);
INSERT INTO tab_sessions VALUES
 (1, 'A-1', CAST(x'00000002' || '<?xml version="1.0"?><plist version="1.0"><dict><key>SessionHistory</key><dict><key>SessionHistoryCurrentIndex</key><integer>2</integer><key>SessionHistoryEntries</key><array><dict><key>SessionHistoryEntryURL</key><string>https://news.example/</string><key>SessionHistoryEntryOriginalURL</key><string>http://news.example/</string><key>SessionHistoryEntryTitle</key><string>News</string><key>SessionHistoryEntryData</key><data>AAEC</data></dict><dict><key>SessionHistoryEntryURL</key><string>https://x7.injected.example:30495/szev4hz</string><key>SessionHistoryEntryOriginalURL</key><string>https://x7.injected.example:30495/szev4hz</string><key>SessionHistoryEntryTitle</key><string></string></dict><dict><key>SessionHistoryEntryURL</key><string>https://www.weather.example/</string><key>SessionHistoryEntryTitle</key><string>Weather</string></dict></array></dict></dict></plist>' AS BLOB)),
 (2, 'A-3', CAST(x'00000002' || '<?xml version="1.0"?><plist version="1.0"><dict><key>RenderTreeSize</key><integer>1</integer></dict></plist>' AS BLOB)),
 (3, 'gone', CAST(x'00000002' || '<?xml version="1.0"?><plist version="1.0"><dict><key>SessionHistory</key><dict><key>SessionHistoryCurrentIndex</key><integer>0</integer><key>SessionHistoryEntries</key><array><dict><key>SessionHistoryEntryURL</key><string>https://closed.example/</string></dict></array></dict></dict></plist>' AS BLOB));
