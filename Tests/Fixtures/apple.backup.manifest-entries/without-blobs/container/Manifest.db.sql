-- Synthetic. A manifest that was rewritten without the column of archives.
CREATE TABLE Files (fileID, domain, relativePath, flags);
INSERT INTO Files VALUES ('87b6aa000dfcc26373cf4abe690ce208d4b7eb3c', 'HomeDomain', 'Library/x', 1);
-- folders for attachments: two above a file, one whose file is gone, one elsewhere, one of another level
INSERT INTO Files VALUES ('0aba8386a4e8a3b98572b01a8c755bd89f17d93b', 'MediaDomain', 'Library/SMS/Attachments/7e', 2);
INSERT INTO Files VALUES ('dc056408c09fcb05b2e9dadba0398747ecfb18c9', 'MediaDomain', 'Library/SMS/Attachments/7e/14', 2);
INSERT INTO Files VALUES ('4373bd785bba006fbb56ab5b7d9f27a2fb2bd59e', 'MediaDomain', 'Library/SMS/Attachments/3c/07', 2);
INSERT INTO Files VALUES ('4c831e67f61eaa97236dc229458ffff466c89295', 'HomeDomain', 'Library/SMS/Attachments/3c/07', 2);
INSERT INTO Files VALUES ('d445717b4799defe24e880bb993c21a9af8ee469', 'MediaDomain', 'Library/SMS/Attachments/3c/07/5BA0C3A0', 2);
INSERT INTO Files VALUES ('a6376bbc7c5078c64e1552507b6a15bb5772a262', 'MediaDomain', 'Library/SMS/Attachments/7e/14/5BA0C3A0/photo.jpg', 1);
