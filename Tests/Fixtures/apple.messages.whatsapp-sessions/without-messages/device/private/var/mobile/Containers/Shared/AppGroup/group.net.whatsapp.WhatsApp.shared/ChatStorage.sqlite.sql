-- Synthetic. Neither messages nor groups, so nothing says that a message is missing; unexpected types.
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZLASTMESSAGEDATE, ZCONTACTJID, ZPARTNERNAME, ZARCHIVED);
INSERT INTO ZWACHATSESSION VALUES (1, 656000000, '15550100@s.whatsapp.net', 'N' || char(10) || char(27) || '[1m', 1), (2, 'never', 5, x'ff', 'yes'), (3, 9e99, NULL, NULL, NULL);
