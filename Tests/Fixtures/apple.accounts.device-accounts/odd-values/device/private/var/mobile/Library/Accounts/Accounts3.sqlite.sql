-- Synthetic. No table of kinds, no addresses in the properties' columns, values of other types, a name with an escape.
CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZACTIVE, ZACCOUNTTYPE, ZDATE, ZIDENTIFIER, ZUSERNAME);
CREATE TABLE ZACCOUNTPROPERTY (Z_PK INTEGER PRIMARY KEY, ZOWNER INTEGER, ZKEY VARCHAR, ZVALUE BLOB);
INSERT INTO ZACCOUNT VALUES (1, 'yes', 3, 'yesterday', x'4142', char(27) || '[2J' || char(10) || 'x@example.org'), (2, 1, NULL, 9e300, NULL, NULL), (3, NULL, 'x', -1e9, 7, 8);
INSERT INTO ZACCOUNTPROPERTY VALUES (1, 1, 'aliases', x'62706c69737430ff'), (2, 1, 'Hostname', NULL), (3, NULL, 'aliases', 'x'), (4, 2, 'aliases', '<?xml version="1.0"?><plist version="1.0"><array><string>no address</string><string>a@b.example</string><string>MAILTO:a@b.example</string><integer>3</integer></array></plist>');
