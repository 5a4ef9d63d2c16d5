-- Synthetic. Another program's database of the same name.
CREATE TABLE completions (id INTEGER PRIMARY KEY);
