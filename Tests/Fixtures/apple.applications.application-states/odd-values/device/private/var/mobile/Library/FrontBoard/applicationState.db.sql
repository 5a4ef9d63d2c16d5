-- Synthetic. A property list inside a property list, blobs that are none, an application that no row names.
CREATE TABLE application_identifier_tab(id INTEGER PRIMARY KEY, application_identifier);
CREATE TABLE key_tab(id INTEGER PRIMARY KEY, key);
CREATE TABLE kvs(application_identifier, key, value);
INSERT INTO application_identifier_tab VALUES (-5, 'com.example' || char(10) || 'line'), (7, NULL), (8, x'4142');
INSERT INTO key_tab VALUES (1, 'compatibilityInfo'), (2, '_UninstallDate');
INSERT INTO kvs VALUES
 (-5, 1, '<?xml version="1.0"?><plist version="1.0"><data>PD94bWwgdmVyc2lvbj0iMS4wIj8+PHBsaXN0IHZlcnNpb249IjEuMCI+PGRpY3Q+PGtleT5idW5kbGVQYXRoPC9rZXk+PHN0cmluZz4vQXBwbGljYXRpb25zL0V4YW1wbGUuYXBwPC9zdHJpbmc+PC9kaWN0PjwvcGxpc3Q+</data></plist>'),
 (7, 1, x'62706c6973743030'), (7, 2, '<?xml version="1.0"?><plist version="1.0"><string>soon</string></plist>'), (8, 1, '<?xml version="1.0"?><plist version="1.0"><integer>4</integer></plist>'), (99, 1, 'x'), (8, 77, 'x'), ('a', 'b', NULL);
