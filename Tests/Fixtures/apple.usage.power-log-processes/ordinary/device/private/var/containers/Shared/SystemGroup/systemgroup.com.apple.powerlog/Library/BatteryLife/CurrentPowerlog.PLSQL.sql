-- Synthetic. The schema of iOS 15, shortened. A process of a published name among ordinary ones, measured and not.
CREATE TABLE 'PLStorageOperator_EventForward_TimeOffset' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'timestamp' REAL, 'baseband' REAL, 'kernel' REAL, 'system' REAL);
INSERT INTO PLStorageOperator_EventForward_TimeOffset VALUES (1, 1635848600, 0, 0, -400.5), (2, 1635849000, 0, 0, 600);
CREATE TABLE 'PLProcessMonitorAgent_EventForward_ProcessID' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'timestamp' REAL, 'BundleID' TEXT, 'CoalitionID' INTEGER, 'PID' INTEGER, 'ProcessName' TEXT);
CREATE TABLE 'PLProcessMonitorAgent_EventInterval_ProcessMonitorInterval' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'timestamp' REAL, 'timestampEnd' REAL);
CREATE TABLE 'PLProcessMonitorAgent_EventInterval_ProcessMonitorInterval_Dynamic' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'FK_ID' INTEGER, 'BundleID' TEXT, 'PID' INTEGER, 'ProcessName' TEXT, 'unit' TEXT, 'value' REAL);
CREATE TABLE 'PLProcessMonitorAgent_EventBackward_ProcessMonitor' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'timestamp' REAL);
CREATE TABLE 'PLProcessMonitorAgent_EventBackward_ProcessMonitor_Dynamic' ('ID' INTEGER PRIMARY KEY AUTOINCREMENT, 'FK_ID' INTEGER, 'BundleID' TEXT, 'PID' INTEGER, 'ProcessName' TEXT, 'unit' TEXT, 'value' REAL);
INSERT INTO PLProcessMonitorAgent_EventForward_ProcessID VALUES (1, 1635848700.25, 'com.apple.datamigrator', 141, 253, 'com.apple.datamigrator'), (2, 1635849200, NULL, 390, 666, 'roleaboutd');
INSERT INTO PLProcessMonitorAgent_EventInterval_ProcessMonitorInterval VALUES (10, 1635848700, 1635849000);
INSERT INTO PLProcessMonitorAgent_EventInterval_ProcessMonitorInterval_Dynamic VALUES (1, 10, '', 666, 'roleaboutd', 's', 33.75), (2, 99, 'com.example.gone', 7, 'gone', 's', 1);
INSERT INTO PLProcessMonitorAgent_EventBackward_ProcessMonitor VALUES (5, 1635849100);
INSERT INTO PLProcessMonitorAgent_EventBackward_ProcessMonitor_Dynamic VALUES (1, 5, '', 0, 'kernel_task', 's', 21.5);
