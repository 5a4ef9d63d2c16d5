-- Synthetic. An early schema, a device that is gone, archives that are none, values of unexpected types.
CREATE TABLE cloud_tabs (tab_uuid TEXT PRIMARY KEY, system_fields, device_uuid, title, url);
CREATE TABLE cloud_tab_devices (device_uuid TEXT PRIMARY KEY, device_name, last_modified);
INSERT INTO cloud_tabs VALUES ('T-1', 'no archive', 'D-9', 'line' || char(10) || 'two', 'https://a.example/'), ('T-2', NULL, NULL, NULL, 12);
INSERT INTO cloud_tab_devices VALUES (NULL, x'41', 'noon'), ('D-2', 'Phone' || char(27) || '[2J', 0);
