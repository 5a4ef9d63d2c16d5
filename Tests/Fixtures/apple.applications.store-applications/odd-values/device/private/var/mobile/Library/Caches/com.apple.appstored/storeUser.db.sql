-- Synthetic. An older schema: no list of what is on the device, no accounts; values of other types.
CREATE TABLE purchase_history_apps (date_purchased, bundle_id, title, purchaser_dsid, hidden_from_springboard);
INSERT INTO purchase_history_apps VALUES ('today', 5, x'ff', 'x', 'yes'), (9e300, '', char(27) || '[2J', 1, -1), (NULL, NULL, NULL, NULL, NULL);
