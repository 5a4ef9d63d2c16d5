CREATE TABLE addresses (ROWID INTEGER PRIMARY KEY, address TEXT NOT NULL, comment TEXT NOT NULL);
CREATE TABLE subjects (ROWID INTEGER PRIMARY KEY, subject TEXT NOT NULL);
CREATE TABLE summaries (ROWID INTEGER PRIMARY KEY, summary TEXT NOT NULL);
INSERT INTO addresses VALUES (1, 'natalymarinova@proton.example', 'Nataly M.'), (2, 'friend@example.net', ''), (3, 'amina@example.org', 'Amina');
INSERT INTO subjects VALUES (1, 'Your parcel'), (2, 'Lunch');
INSERT INTO summaries VALUES (1, 'Track it here: https://parcel.injected.example/szev4hz. Thank you.'), (2, 'no link');
