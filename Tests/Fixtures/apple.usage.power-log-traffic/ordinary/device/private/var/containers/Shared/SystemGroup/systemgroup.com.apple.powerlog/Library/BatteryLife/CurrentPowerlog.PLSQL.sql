-- Synthetic. The schema of iOS 15, shortened.
CREATE TABLE 'PLStorageOperator_EventForward_TimeOffset' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'timestamp' REAL, 'baseband' REAL, 'kernel' REAL, 'system' REAL);
INSERT INTO PLStorageOperator_EventForward_TimeOffset VALUES (1, 1635848600, 0, 0, -400.5), (2, 1635849000, 0, 0, 600);
CREATE TABLE 'PLProcessNetworkAgent_EventInterval_UsageDiff' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'timestamp' REAL, 'BundleName' TEXT, 'CellIn' REAL, 'CellOut' REAL, 'ProcessName' TEXT, 'WifiIn' REAL, 'WifiOut' REAL, 'timestampEnd' REAL);
INSERT INTO PLProcessNetworkAgent_EventInterval_UsageDiff VALUES (1, 1635848665.75, 'com.example.chat', 0, 0, 'com.example.chat', 200, 312, 1635848982.75), (2, 1635849200, '', 621714, 32561646, 'BackupAgent', 0, 0, 1635849500);
