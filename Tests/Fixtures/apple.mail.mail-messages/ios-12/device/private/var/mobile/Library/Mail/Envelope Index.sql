-- Synthetic. The schema to iOS 12, shortened: the other index has the heads of the mails.
CREATE TABLE messages (ROWID INTEGER PRIMARY KEY, message_id, date_received, mailbox, flags);
CREATE TABLE mailboxes (ROWID INTEGER PRIMARY KEY, url UNIQUE);
INSERT INTO mailboxes VALUES (4, 'imap://amina%40example.org@mail.example.org/INBOX');
INSERT INTO messages VALUES (1, 5, 1535848610, 4, 1), (2, 6, 1535848620.5, 4, 0), (3, 7, 9e300, 5, NULL);
