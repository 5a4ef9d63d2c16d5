-- Synthetic. A group that is known by its UUID only, pairs in the database of the chats, neither media nor previews nor
-- chats, values of unexpected types, names with control characters.
CREATE TABLE ZWAPHONENUMBERLIDPAIR (Z_PK INTEGER PRIMARY KEY, ZLID, ZPHONENUMBER);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZISFROMME, ZMESSAGEDATE, ZFROMJID, ZTOJID, ZTEXT, ZPUSHNAME);
INSERT INTO ZWAPHONENUMBERLIDPAIR VALUES (1, 205690463334636, '+15550142'), (2, '305690463334636', '+15550143'), (3, NULL, NULL);
INSERT INTO ZWAMESSAGE VALUES (1, 0, 656000000, '305690463334636@lid', NULL, x'687474703a2f2f626c6f622e6578616d706c652f', 'N' || char(10) || char(27) || '[1m'), (2, NULL, 'never', 'nobody', '@', NULL, NULL), (3, 2, 9e99, '@s.whatsapp.net', 'a@b@lid', 17, 5), (4, 1, 0, NULL, '15550100@s.whatsapp.net', 'http://' || char(10) || 'https://', NULL), (5, 0, 656000000, '99999999999999999999999@s.whatsapp.net', NULL, '', NULL);
