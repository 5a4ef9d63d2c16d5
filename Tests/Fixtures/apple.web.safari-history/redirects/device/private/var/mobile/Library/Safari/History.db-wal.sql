INSERT INTO history_items VALUES (5, 'https://only-in-the-log.example/', NULL, 1);
INSERT INTO history_visits VALUES (7, 5, 656000400.0, NULL, NULL, NULL, 0);
