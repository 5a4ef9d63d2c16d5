-- Synthetic. Columns missing, a folder that is gone, attributes that are damaged, a hostile title.
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, parent, type, title, url, extra_attributes);
INSERT INTO bookmarks VALUES
 (1, 9, 0, 'line' || char(10) || 'two' || char(27) || '[31m', 'https://a.example/', x'62706c697374303000'),
 (2, NULL, NULL, 17, NULL, CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>com.apple.ReadingList</key><string>none</string><key>com.apple.Bookmark</key><dict><key>DateAdded</key><real>9e99</real></dict></dict></plist>' AS BLOB));
