-- Synthetic. The schema since iOS 15, shortened: a tab whose back list holds a page of a published shape, a private tab,
-- a tab of a group that a person named, a closed tab with its session in the other table, and an empty tab.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, special_id INTEGER DEFAULT 0, parent INTEGER, type INTEGER, subtype INTEGER DEFAULT 0, title TEXT, url TEXT COLLATE NOCASE, external_uuid TEXT, date_closed REAL, deleted INTEGER DEFAULT 0, extra_attributes BLOB, local_attributes BLOB);
CREATE TABLE windows (id INTEGER PRIMARY KEY, local_tab_group_id INTEGER, private_tab_group_id INTEGER, uuid TEXT);
CREATE TABLE session_state (uuid TEXT PRIMARY KEY, data BLOB);
INSERT INTO windows VALUES (1, 2, 3, 'W');
INSERT INTO bookmarks (id, parent, type, title) VALUES (1, 0, 1, 'recentlyClosed'), (2, 0, 1, 'Local'), (3, 0, 1, 'Private'), (4, 0, 1, 'Holiday');
INSERT INTO bookmarks (id, parent, type, title, url, external_uuid, date_closed, deleted, extra_attributes, local_attributes) VALUES
 (5, 2, 0, 'Weather', 'https://www.weather.example/', 'T-5', NULL, 0,
  CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>DateLastViewed</key><date>2021-10-15T14:00:00Z</date><key>DeviceIdentifier</key><string>D-1</string><key>LocalURL</key><string>https://www.weather.example/kampala</string><key>com.apple.Bookmark</key><dict><key>DateAdded</key><date>2021-10-15T13:00:00Z</date></dict></dict></plist>' AS BLOB),
  CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>LastVisitTime</key><date>2021-10-15T14:13:20Z</date><key>OpenedFromLink</key><true/><key>SessionState</key><data>AAAAAjw/eG1sIHZlcnNpb249IjEuMCI/PjxwbGlzdCB2ZXJzaW9uPSIxLjAiPjxkaWN0PjxrZXk+U2Vzc2lvbkhpc3Rvcnk8L2tleT48ZGljdD48a2V5PlNlc3Npb25IaXN0b3J5Q3VycmVudEluZGV4PC9rZXk+PGludGVnZXI+MTwvaW50ZWdlcj48a2V5PlNlc3Npb25IaXN0b3J5RW50cmllczwva2V5PjxhcnJheT48ZGljdD48a2V5PlNlc3Npb25IaXN0b3J5RW50cnlVUkw8L2tleT48c3RyaW5nPmh0dHBzOi8veDcuaW5qZWN0ZWQuZXhhbXBsZTozMDQ5NS9zemV2NGh6PC9zdHJpbmc+PGtleT5TZXNzaW9uSGlzdG9yeUVudHJ5T3JpZ2luYWxVUkw8L2tleT48c3RyaW5nPmh0dHA6Ly9uZXdzLmV4YW1wbGUvPC9zdHJpbmc+PC9kaWN0PjxkaWN0PjxrZXk+U2Vzc2lvbkhpc3RvcnlFbnRyeVVSTDwva2V5PjxzdHJpbmc+aHR0cHM6Ly93d3cud2VhdGhlci5leGFtcGxlLzwvc3RyaW5nPjxrZXk+U2Vzc2lvbkhpc3RvcnlFbnRyeVRpdGxlPC9rZXk+PHN0cmluZz5XZWF0aGVyPC9zdHJpbmc+PC9kaWN0PjwvYXJyYXk+PC9kaWN0PjwvZGljdD48L3BsaXN0Pg==</data></dict></plist>' AS BLOB)),
 (6, 3, 0, 'Secret', 'https://private.example/', 'T-6', NULL, 0, NULL, NULL),
 (7, 4, 0, 'Beach', 'https://beach.example/', 'T-7', NULL, 0, NULL, CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>LastVisitTime</key><real>656000000.5</real></dict></plist>' AS BLOB)),
 (8, 1, 0, 'Closed', 'https://closed.example/', 'T-8', 656000100, 1, NULL, NULL),
 (9, 2, 0, '', NULL, 'T-9', NULL, 0, NULL, NULL);
INSERT INTO session_state VALUES ('T-8', CAST(x'00000002' || '<?xml version="1.0"?><plist version="1.0"><dict><key>SessionHistory</key><dict><key>SessionHistoryEntries</key><array><dict><key>SessionHistoryEntryURL</key><string>https://before.example/</string></dict></array></dict></dict></plist>' AS BLOB));
