-- Synthetic. No windows and sessions, columns missing, attributes that are damaged, empty or no dictionary.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, parent, type, title, url, extra_attributes, local_attributes);
INSERT INTO bookmarks VALUES
 (1, 0, 1, 'privatePinned', NULL, NULL, NULL),
 (2, 1, 0, 'line' || char(10) || 'two' || char(27) || '[31m', 'https://a.example/', x'00', x''),
 (3, 77, 'tab', 5, x'68747470733a2f2f622e6578616d706c652f', CAST('<?xml version="1.0"?><plist version="1.0"><string>none</string></plist>' AS BLOB), CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>SessionState</key><data>AAAA</data><key>LastVisitTime</key><string>noon</string></dict></plist>' AS BLOB)),
 (4, NULL, NULL, NULL, NULL, 17, 'text');
