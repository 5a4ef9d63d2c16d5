-- Synthetic. No visit_source, columns missing, times unset, absurd and of the wrong type, a dangling page, a hostile title.
CREATE TABLE urls (id INTEGER PRIMARY KEY, url, title);
CREATE TABLE visits (id INTEGER PRIMARY KEY, url, visit_time, from_visit, transition);
INSERT INTO urls VALUES (1, x'68747470733a2f2f612e6578616d706c652f', 'line' || char(10) || 'two' || char(27) || '[31m'), (2, 17, NULL);
INSERT INTO visits VALUES (1, 1, 0, NULL, 'link'), (2, 99, NULL, 1, 255), (3, 2, 'noon', 77, 2), (4, 1, 9223372036854775807, 4, 3), (5, 1, -5, 2, NULL);
