-- Synthetic. Times after which messages disappear: a day, an odd number of seconds, text, less than nothing.
CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZWHATSAPPID, ZDISAPPEARINGMODEDURATION, ZDISAPPEARINGMODETIMESTAMP);
INSERT INTO ZWAADDRESSBOOKCONTACT VALUES (1, '15550142@s.whatsapp.net', 86400, 656000000), (2, '15550143@s.whatsapp.net', 3601, NULL), (3, '15550144@s.whatsapp.net', 'a week', NULL), (4, '15550145@s.whatsapp.net', -9223372036854775808, NULL), (5, '15550146@s.whatsapp.net', 7776000.0, NULL);
