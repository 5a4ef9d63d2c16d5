-- Synthetic. The schema of current releases, shortened: a tab of a published shape on another device, a device without
-- tabs, and a tab that was to be closed. The archive of a tab has its times.
CREATE TABLE cloud_tab_devices (device_uuid TEXT PRIMARY KEY NOT NULL,system_fields BLOB NOT NULL,device_name TEXT,device_type_identifier TEXT,last_modified REAL NOT NULL);
CREATE TABLE cloud_tabs (tab_uuid TEXT PRIMARY KEY NOT NULL,system_fields BLOB NOT NULL,device_uuid TEXT NOT NULL,position BLOB NOT NULL,title TEXT,url TEXT NOT NULL,is_pinned BOOLEAN DEFAULT 0,last_viewed_time REAL DEFAULT 0);
CREATE TABLE cloud_tab_close_requests (close_request_uuid TEXT PRIMARY KEY NOT NULL,system_fields BLOB NOT NULL,destination_device_uuid TEXT NOT NULL,url TEXT NOT NULL,tab_uuid TEXT NOT NULL);
INSERT INTO cloud_tab_devices VALUES ('D-1', x'', 'Amina''s iPad', 'com.apple.ipad', 656000500.5), ('D-2', x'', 'Unknown Mac', 'com.apple.macbook', 656000600);
INSERT INTO cloud_tabs VALUES
 ('T-1', CAST('<?xml version="1.0"?><plist version="1.0"><dict><key>$archiver</key><string>NSKeyedArchiver</string><key>$objects</key><array><string>$null</string><dict><key>NS.time</key><real>656000000.5</real><key>$class</key><dict><key>CF$UID</key><integer>2</integer></dict></dict><dict><key>$classname</key><string>NSDate</string></dict><string>Amina</string></array><key>$top</key><dict><key>RecordCtime</key><dict><key>CF$UID</key><integer>1</integer></dict><key>RecordMtime</key><dict><key>CF$UID</key><integer>1</integer></dict><key>ModifiedByDevice</key><dict><key>CF$UID</key><integer>3</integer></dict></dict></dict></plist>' AS BLOB), 'D-1', x'00', 'News', 'https://x7.injected.example:30495/szev4hz', 0, 656000400.25),
 ('T-2', x'', 'D-1', x'00', 'Weather', 'https://www.weather.example/', 1, 0);
INSERT INTO cloud_tab_close_requests VALUES ('R-1', x'', 'D-1', 'https://www.weather.example/', 'T-2');
