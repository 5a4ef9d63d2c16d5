-- Synthetic. The schema of iOS 16. Process 3 is gone and its count remains (published for Pegasus), 5 is named as
-- published for Operation Triangulation; decoys are BackupAgent2, a gap at 6, a process without a count, and a count
-- without a reference.
CREATE TABLE ZPROCESS (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZFIRSTTIMESTAMP TIMESTAMP, ZTIMESTAMP TIMESTAMP, ZBUNDLENAME VARCHAR, ZPROCNAME VARCHAR);
CREATE TABLE ZLIVEUSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZKIND INTEGER, ZHASPROCESS INTEGER, ZTIMESTAMP TIMESTAMP, ZWIFIIN FLOAT, ZWIFIOUT FLOAT, ZWWANIN FLOAT, ZWWANOUT FLOAT);
INSERT INTO ZPROCESS VALUES
 (1, 7, 1, 655000000.5, 656000000.25, 'com.apple.mobilesafari', 'mobilesafari/com.apple.mobilesafari'),
 (2, 7, 1, 655000001, 656000001, NULL, 'backupd/com.apple.datausage.backup'),
 (4, 7, 1, 655000003, 656000003, NULL, 'BackupAgent2/BackupAgents'),
 (5, 7, 1, 655000004, 656000004, NULL, 'BackupAgent'),
 (7, 7, 1, 655000006, 656000006, NULL, 'nehelper'),
 (8, 7, 1, 0, NULL, 'com.example.quiet', NULL);
INSERT INTO ZLIVEUSAGE VALUES
 (10, 5, 1, 0, 1, 655100000, 0.0, 0.0, 1185814689.0, 150.0),
 (11, 5, 1, 0, 1, 655200000, 0.0, 0.0, 18202.0, 9559.5),
 (12, 5, 1, 0, 3, 655300000, 0.0, 0.0, 77.0, 31212.0),
 (13, 5, 1, 0, 4, 655400000, 0.0, 0.0, 1.0, 2.0),
 (14, 5, 1, 0, 5, 655500000, 0.0, 0.0, 3.0, 4.0),
 (15, 5, 1, 0, NULL, 655600000, 0.0, 0.0, 5.0, 6.0);
