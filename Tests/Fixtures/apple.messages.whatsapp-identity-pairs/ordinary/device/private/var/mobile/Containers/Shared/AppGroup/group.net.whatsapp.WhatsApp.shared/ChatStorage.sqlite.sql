-- Synthetic. The chats of a release that keeps the pairs elsewhere.
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY);
