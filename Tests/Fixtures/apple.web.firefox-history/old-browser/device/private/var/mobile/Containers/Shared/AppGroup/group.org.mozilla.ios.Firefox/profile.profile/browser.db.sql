-- Synthetic. A current file, which has no history.
CREATE TABLE queue (url TEXT NOT NULL UNIQUE, title TEXT);
