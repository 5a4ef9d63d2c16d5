-- Synthetic. The schema of iOS 17, shortened.
CREATE TABLE current_apps (pid INTEGER PRIMARY KEY, timestamp REAL, bundle_id TEXT, item_name TEXT, vendor_name TEXT, short_version TEXT, bundle_version TEXT, item_id INTEGER, is_system_app INTEGER, deletion_date REAL);
CREATE TABLE purchase_history_apps (pid INTEGER PRIMARY KEY, date_purchased REAL, title TEXT, long_title TEXT, bundle_id TEXT, developer_name TEXT, product_url TEXT, store_item_id INTEGER, hidden_from_springboard INTEGER, genre_name TEXT, purchaser_dsid INTEGER);
CREATE TABLE account_events (pid INTEGER PRIMARY KEY, account_id INTEGER, apple_id TEXT);
INSERT INTO current_apps VALUES (1, 700000000.5, 'com.example.chat', 'Chat', 'Example Ltd', '4.2', '420', 1001, 0, NULL), (2, 700000100, 'com.example.monitor', 'Monitor', 'Somebody', '1.0', '1', 1002, 0, 700000200);
INSERT INTO account_events VALUES (1, 77, NULL), (2, 77, 'amina@example.org'), (3, 88, 'other@example.net');
INSERT INTO purchase_history_apps VALUES (1, 600000000, 'Chat', 'Chat: talk', 'com.example.chat', 'Example Ltd', 'https://apps.example/id1001', 1001, 0, 'Social Networking', 77), (2, 600000100, 'Monitor', NULL, 'com.example.monitor', 'Somebody', NULL, 1002, 1, 'Utilities', 88), (3, 600000200, 'Old', '', 'com.example.old', NULL, NULL, 1003, NULL, NULL, 99);
