-- Synthetic. An archive that lies unpacked: offsets that are none, no measurements, names with control characters.
CREATE TABLE PLStorageOperator_EventForward_TimeOffset (ID INTEGER PRIMARY KEY, timestamp, system);
INSERT INTO PLStorageOperator_EventForward_TimeOffset VALUES (1, 'a', 5), (2, 1635848000, NULL), (3, 1635848500, 1e300);
CREATE TABLE PLProcessMonitorAgent_EventForward_ProcessID (ID INTEGER PRIMARY KEY, timestamp, BundleID, PID, ProcessName);
INSERT INTO PLProcessMonitorAgent_EventForward_ProcessID VALUES (1, 1635848700, NULL, -1, 'a' || char(0) || 'b'), (2, NULL, 5, 9223372036854775807, x'ff00'), (3, 'x', '', 'pid', NULL);
