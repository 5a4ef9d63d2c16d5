INSERT INTO ABPerson (ROWID, First, CreationDate) VALUES (5, 'Late', 656000300);
INSERT INTO ABMultiValue VALUES (10, 5, 4, 0, 1, 'late@example.com', 'j');
