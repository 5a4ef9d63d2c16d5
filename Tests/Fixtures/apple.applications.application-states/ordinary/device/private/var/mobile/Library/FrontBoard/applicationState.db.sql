-- Synthetic. An installed application, one that was removed and left its date, and one that left nothing but its name.
CREATE TABLE application_identifier_tab(id INTEGER PRIMARY KEY, application_identifier TEXT NOT NULL UNIQUE);
CREATE TABLE key_tab(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE kvs(id INTEGER PRIMARY KEY, application_identifier INTEGER, key INTEGER, value BLOB, UNIQUE(application_identifier, key));
INSERT INTO application_identifier_tab VALUES (1, 'com.example.chat'), (2, 'com.example.monitor'), (3, 'com.example.gone');
INSERT INTO key_tab VALUES (1, 'compatibilityInfo'), (2, 'XBApplicationSnapshotManifest'), (13, '_UninstallDate');
INSERT INTO kvs VALUES
 (1, 1, 2, x'00'),
 (2, 1, 1, '<?xml version="1.0"?><plist version="1.0"><dict><key>$archiver</key><string>NSKeyedArchiver</string><key>$objects</key><array><string>$null</string><dict><key>bundleIdentifier</key><string>com.example.chat</string><key>bundlePath</key><dict><key>CF$UID</key><integer>2</integer></dict><key>sandboxPath</key><dict><key>CF$UID</key><integer>3</integer></dict></dict><string>/private/var/containers/Bundle/Application/5F/Chat.app</string><string>/private/var/mobile/Containers/Data/Application/12</string></array><key>$top</key><dict><key>root</key><dict><key>CF$UID</key><integer>1</integer></dict></dict></dict></plist>'),
 (3, 2, 13, '<?xml version="1.0"?><plist version="1.0"><date>2021-11-03T07:12:09Z</date></plist>');
