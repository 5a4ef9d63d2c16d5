-- Synthetic. Neither messages nor handles, values of unexpected types, names with control characters.
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY, filename, created_date, uti, total_bytes, transfer_name);
INSERT INTO attachment VALUES (1, '/var/tmp/a' || char(10) || 'b-1', 372000000, 5, -1, char(27) || '[2J'), (2, 'relative/sample.pkpass', 'never', NULL, 'many', NULL), (3, x'7e2f4c6962726172792f782e676966', 9e99, 'public.png', 9223372036854775807, '..'), (4, '', 372000000.5, NULL, NULL, ''), (5, '/', NULL, NULL, NULL, '/');
