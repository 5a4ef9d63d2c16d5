-- Synthetic. Sessions inside tabs, columns missing, values of unexpected types, damaged sessions, a hostile title.
CREATE TABLE tabs (id INTEGER PRIMARY KEY, uuid, title, url, last_viewed_time, session_data BLOB);
INSERT INTO tabs VALUES
 (1, 'B-1', 'line' || char(10) || 'two' || char(27) || '[31m', 'https://a.example/', 'yesterday', CAST(x'00000002' || '<?xml version="1.0"?><plist version="1.0"><dict><key>SessionHistory</key><dict><key>SessionHistoryEntries</key><array><dict><key>SessionHistoryEntryURL</key><string>https://old.example/</string></dict><dict><key>SessionHistoryEntryTitle</key><string>nameless</string></dict></array></dict></dict></plist>' AS BLOB)),
 (2, NULL, 17, x'68747470733a2f2f622e6578616d706c652f', 9e99, x'0000'),
 (3, 'B-3', NULL, 'https://c.example/', 656000000, CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>SessionHistory</key><dict><key>SessionHistoryEntries</key><string>none</string></dict></dict></plist>' AS BLOB)),
 (4, 'B-4', NULL, 'https://d.example/', 656000001, NULL);
