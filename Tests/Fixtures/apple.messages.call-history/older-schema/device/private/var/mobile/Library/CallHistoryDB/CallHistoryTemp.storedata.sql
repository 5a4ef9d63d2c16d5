-- Synthetic. Few columns, addresses as bytes, unknown codes, values of unexpected types, a relation without its columns.
CREATE TABLE ZCALLRECORD (Z_PK INTEGER PRIMARY KEY, ZORIGINATED, ZANSWERED, ZCALLTYPE, ZDATE, ZDURATION, ZADDRESS BLOB, ZLOCATION);
CREATE TABLE Z_3REMOTEPARTICIPANTHANDLES (A INTEGER, B INTEGER);
INSERT INTO ZCALLRECORD VALUES (1, 0, 0, 1, 656000000, 0, x'2b3135353530313030', NULL), (2, NULL, NULL, 99, 'never', 'long', 'N' || char(10) || char(27) || '[1m', 5), (3, 7, 1, 1, 9e99, 9e99, 17, NULL), (4, 1, 1, 0, 0, -1, '', x'ff');
