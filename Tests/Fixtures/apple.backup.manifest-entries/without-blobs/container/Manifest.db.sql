-- Synthetic. A manifest that was rewritten without the column of archives.
CREATE TABLE Files (fileID, domain, relativePath, flags);
INSERT INTO Files VALUES ('87b6aa000dfcc26373cf4abe690ce208d4b7eb3c', 'HomeDomain', 'Library/x', 1);
