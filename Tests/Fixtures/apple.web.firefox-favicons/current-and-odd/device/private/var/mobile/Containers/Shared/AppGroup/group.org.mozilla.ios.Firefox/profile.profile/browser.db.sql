-- Synthetic. A current file, which has no table of icons of sites.
CREATE TABLE queue (url TEXT NOT NULL UNIQUE, title TEXT);
