-- Synthetic. No table of participants, values of unexpected types, an organiser of whom nothing is known.
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary, description, start_date, creation_date, organizer_id, all_day);
INSERT INTO CalendarItem VALUES (1, 'Meeting', 'Notes', 1, 2, NULL, 'no'), (2, 'M' || char(10) || char(27) || '[31m', x'ff00', 9e99, -9e99, 'x', 0), (3, NULL, NULL, 'today', NULL, 12, 1), (4, x'4d656574696e67', 'Notes', 656000000, 656100000, 12, 0);
