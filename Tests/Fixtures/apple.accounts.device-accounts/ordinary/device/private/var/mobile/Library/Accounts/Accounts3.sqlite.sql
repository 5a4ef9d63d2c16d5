-- Synthetic. The schema of iOS 13, shortened: an Apple account with addresses, a subscribed calendar that somebody added,
-- an account below another one, and an account whose credential was refused.
CREATE TABLE ZACCOUNT ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZACTIVE INTEGER, ZAUTHENTICATED INTEGER, ZSUPPORTSAUTHENTICATION INTEGER, ZVISIBLE INTEGER, ZACCOUNTTYPE INTEGER, ZPARENTACCOUNT INTEGER, ZDATE TIMESTAMP, ZLASTCREDENTIALRENEWALREJECTIONDATE TIMESTAMP, ZACCOUNTDESCRIPTION VARCHAR, ZAUTHENTICATIONTYPE VARCHAR, ZCREDENTIALTYPE VARCHAR, ZIDENTIFIER VARCHAR, ZOWNINGBUNDLEID VARCHAR, ZUSERNAME VARCHAR, ZDATACLASSPROPERTIES BLOB );
CREATE TABLE ZACCOUNTTYPE ( Z_PK INTEGER PRIMARY KEY, ZACCOUNTTYPEDESCRIPTION VARCHAR, ZCREDENTIALTYPE VARCHAR, ZIDENTIFIER VARCHAR, ZOWNINGBUNDLEID VARCHAR );
CREATE TABLE ZACCOUNTPROPERTY ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZOWNER INTEGER, ZKEY VARCHAR, ZVALUE BLOB );
INSERT INTO ZACCOUNTTYPE VALUES (10, 'iCloud', 'token', 'com.apple.account.AppleAccount', 'com.apple.accountsd'), (33, 'CalDAV', 'password', 'com.apple.account.CalDAV', 'com.apple.accountsd'), (51, 'Subscribed Calendar', NULL, 'com.apple.account.SubscribedCalendar', 'com.apple.accountsd');
INSERT INTO ZACCOUNT VALUES
 (1, 2, 8, 1, 1, 1, 1, 10, NULL, 656000000.25, NULL, 'iCloud', NULL, NULL, 'A-1', 'com.apple.purplebuddy', 'amina@example.org', NULL),
 (2, 2, 3, 1, 1, 1, 1, 33, 1, 656000100, NULL, NULL, 'parent', NULL, 'A-2', 'com.apple.accounts.accountsd', NULL, NULL),
 (3, 2, 1, 1, 0, 0, 1, 51, NULL, 656500000, 656600000.5, 'Win a phone', 'none', NULL, 'A-3', 'dataaccessd', '', NULL),
 (4, 2, 1, 0, 1, 1, 0, 99, NULL, 0, 0, 'A kind that is gone', NULL, 'oauth2', 'A-4', NULL, 'other@example.net', NULL);
INSERT INTO ZACCOUNTPROPERTY VALUES
 (1, 3, 1, 1, 'handles', '<?xml version="1.0"?><plist version="1.0"><dict><key>$archiver</key><string>NSKeyedArchiver</string><key>$objects</key><array><string>$null</string><dict><key>NS.objects</key><array><dict><key>CF$UID</key><integer>2</integer></dict><dict><key>CF$UID</key><integer>3</integer></dict><dict><key>CF$UID</key><integer>4</integer></dict></array><key>$class</key><dict><key>CF$UID</key><integer>5</integer></dict></dict><string>tel:+15550100</string><string>mailto:amina@example.org</string><string>status</string><dict><key>$classname</key><string>NSArray</string></dict></array><key>$top</key><dict><key>root</key><dict><key>CF$UID</key><integer>1</integer></dict></dict></dict></plist>'),
 (2, 3, 1, 1, 'primaryEmail', '<?xml version="1.0"?><plist version="1.0"><string>amina.o@example.org</string></plist>'),
 (3, 3, 1, 2, 'DAAccountHost', '<?xml version="1.0"?><plist version="1.0"><string>caldav.example.org</string></plist>'),
 (4, 3, 1, 3, 'Hostname', '<?xml version="1.0"?><plist version="1.0"><string>calendar.prize.example</string></plist>'),
 (5, 3, 1, 3, 'firstName', '<?xml version="1.0"?><plist version="1.0"><string>not read</string></plist>');
