-- Synthetic. Few columns, no parts of values, values of unexpected types, names with control characters.
CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, First, Last, CreationDate, Kind, Birthday);
CREATE TABLE ABMultiValue (record_id, property, value);
INSERT INTO ABPerson VALUES (1, 'N' || char(10) || char(27) || '[1m', x'ff', 'never', 'person', 5), (2, 7, '', 9e99, 1.5, NULL);
INSERT INTO ABMultiValue VALUES (1, 3, 15550100), (1, '4', 'text@example.com'), (1, 4, x'626c6f62406578616d706c652e636f6d'), (NULL, 4, 'nobody@example.com'), ('1', 4, 'quoted@example.com'), (1, NULL, NULL), (-5, 4, 'negative@example.com');
