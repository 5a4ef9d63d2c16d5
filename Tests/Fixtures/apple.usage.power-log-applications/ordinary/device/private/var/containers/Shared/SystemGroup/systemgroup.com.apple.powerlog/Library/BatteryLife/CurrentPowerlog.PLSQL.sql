-- Synthetic. The schema of iOS 15, shortened. The clock of the log was 400.5 s ahead, and 600 s behind after 1635849000.
CREATE TABLE 'PLStorageOperator_EventForward_TimeOffset' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'timestamp' REAL, 'baseband' REAL, 'kernel' REAL, 'system' REAL);
INSERT INTO PLStorageOperator_EventForward_TimeOffset VALUES (1, 1635848600, 0, 0, -400.5), (2, 1635849000, 0, 0, 600);
CREATE TABLE 'PLApplicationAgent_EventNone_AllApps' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'timestamp' REAL, 'AppBuildVersion' TEXT, 'AppBundleId' TEXT, 'AppBundleVersion' TEXT, 'AppDeletedDate' INTEGER, 'AppExecutable' TEXT, 'AppIs3rdParty' INTEGER, 'AppName' TEXT, 'AppType' INTEGER);
CREATE TABLE 'PLApplicationAgent_EventNone_AllPlugins' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'timestamp' REAL, 'PluginDeletedDate' INTEGER, 'PluginExecutableName' TEXT, 'PluginId' TEXT, 'PluginParentApp' TEXT, 'PluginType' TEXT);
INSERT INTO PLApplicationAgent_EventNone_AllApps VALUES (1, 1635848700, '420', 'com.example.chat', '4.2', 0, 'Chat', 1, 'Chat', 4), (2, 1635849100, '1', 'com.example.monitor', '1.0', 1635849050, 'roleaboutd', 1, 'Monitor', 4);
INSERT INTO PLApplicationAgent_EventNone_AllPlugins VALUES (1, 1635848000, 0, 'ShareExtension', 'com.example.chat.share', 'com.example.chat', 'com.apple.share-services');
