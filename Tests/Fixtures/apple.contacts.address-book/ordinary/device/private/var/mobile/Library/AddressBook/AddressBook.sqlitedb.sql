-- Synthetic. The schema of iOS 16, shortened. 1: two numbers, an address, a postal address. 2: accounts in a messenger and
-- a social network. 3: nothing but a name. 4 has values and no row. 5 is in the log.
CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT, Organization TEXT, Department TEXT, Note TEXT, Kind INTEGER, Birthday TEXT, JobTitle TEXT, Nickname TEXT, CreationDate INTEGER, ModificationDate INTEGER, StoreID INTEGER, DisplayName TEXT, guid TEXT);
CREATE TABLE ABStore (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT);
CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER, identifier INTEGER, label INTEGER, value TEXT, guid TEXT);
CREATE TABLE ABMultiValueEntry (parent_id INTEGER, key INTEGER, value TEXT, UNIQUE(parent_id, key));
CREATE TABLE ABMultiValueEntryKey (value TEXT, UNIQUE(value));
INSERT INTO ABStore VALUES (1, 'Local');
INSERT INTO ABPerson VALUES (1, 'Ada', 'Example', NULL, 'An office', NULL, 'A remark', 0, '-100000000.0', 'Clerk', NULL, 656000000, 656000100, 1, NULL, 'G1:ABPerson'), (2, 'Grace', NULL, 'B', NULL, NULL, NULL, 0, NULL, NULL, 'G', 656000200, 0, 9, 'Grace', 'G2:ABPerson'), (3, NULL, 'Nobody', NULL, NULL, NULL, NULL, 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO ABMultiValueEntryKey VALUES ('Street'), ('City'), ('username'), ('service'), ('url');
INSERT INTO ABMultiValue VALUES (1, 1, 3, 0, 1, '+1 (555) 01-00', 'a'), (2, 1, 3, 1, 1, '5550101', 'b'), (3, 1, 4, 0, 1, 'ada@example.com', 'c'), (4, 1, 5, 0, 1, NULL, 'd'), (5, 2, 13, 0, 1, NULL, 'e'), (6, 2, 46, 0, 1, NULL, 'f'), (7, 2, 22, 0, 1, 'https://grace.example/', 'g'), (8, 2, 23, 0, 1, 'A sister', 'h'), (9, 4, 4, 0, 1, 'left.behind@example.com', 'i');
INSERT INTO ABMultiValueEntry VALUES (4, 1, '1 Example Street'), (4, 2, 'Example'), (5, 3, 'grace.messenger'), (5, 4, 'Jabber'), (6, 3, 'grace'), (6, 5, 'https://social.example/grace'), (6, 4, 'social');
