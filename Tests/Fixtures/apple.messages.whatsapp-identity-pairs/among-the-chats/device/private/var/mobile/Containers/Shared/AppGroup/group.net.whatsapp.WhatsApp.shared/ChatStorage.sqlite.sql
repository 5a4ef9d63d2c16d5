-- Synthetic. Pairs in the database of the chats; numbers stored as such, unexpected types, control characters.
CREATE TABLE ZWAPHONENUMBERLIDPAIR (Z_PK INTEGER PRIMARY KEY, ZLID, ZPHONENUMBER);
INSERT INTO ZWAPHONENUMBERLIDPAIR VALUES (1, 205690463334636, 15550142), (2, 'N' || char(10) || char(27) || '[1m', NULL), (3, x'ff', 1.5);
