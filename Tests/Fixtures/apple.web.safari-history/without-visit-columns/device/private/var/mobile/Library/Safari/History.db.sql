-- Synthetic. A schema without redirects and titles, and values of unexpected types.
CREATE TABLE history_items (id INTEGER PRIMARY KEY, url);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY, history_item, visit_time);
INSERT INTO history_items VALUES (1, 'https://a.example/'), (2, x'68747470733a2f2f622e6578616d706c652f'), (3, 17);
INSERT INTO history_visits VALUES (1, 1, 0), (2, 2, NULL), (3, 3, 'yesterday'), (4, 1, 656000000), (5, 1, 9e99);
