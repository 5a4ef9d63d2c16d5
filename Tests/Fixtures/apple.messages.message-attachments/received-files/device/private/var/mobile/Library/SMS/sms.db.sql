-- Synthetic. The schema of iOS 14, shortened. 1: the temporary file that MVT describes. 2: a GIF that is declared as PSD.
-- 3: a pass named sample. 4 to 8 are decoys: the same sent, a GIF, a pass of another name, a deeper folder.
-- 9 hangs on two messages, 10 on none.
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT, service TEXT NOT NULL, UNIQUE (id, service));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT, handle_id INTEGER DEFAULT 0, service TEXT, date INTEGER, is_from_me INTEGER DEFAULT 0, balloon_bundle_id TEXT, destination_caller_id TEXT);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, created_date INTEGER DEFAULT 0, start_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT, transfer_state INTEGER DEFAULT 0, is_outgoing INTEGER DEFAULT 0, transfer_name TEXT, total_bytes INTEGER DEFAULT 0, is_sticker INTEGER DEFAULT 0, hide_attachment INTEGER DEFAULT 0, original_guid TEXT UNIQUE NOT NULL);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER, UNIQUE(message_id, attachment_id));
INSERT INTO handle VALUES (1, 'sender@example.org', 'us', 'iMessage');
INSERT INTO message VALUES (1, 'M1', NULL, 1, 'iMessage', 656000000000000000, 0, NULL, '+15550199'), (2, 'M2', NULL, 1, 'iMessage', 656000010000000000, 1, NULL, NULL), (3, 'M3', NULL, 0, 'iMessage', 656000020000000000, 0, NULL, NULL);
INSERT INTO attachment VALUES (1, 'A1', 656000000, 656000001, '/var/tmp/IMG_0001.HEIC-1', 'public.heic', 'image/heic', 5, 0, 'IMG_0001.HEIC', 2048, 0, 0, 'A1'),
 (2, 'A2', 656000000, 0, '~/Library/SMS/Attachments/0a/10/A2/kq2hd81lso.GIF', 'com.adobe.photoshop-image', NULL, 5, 0, 'kq2hd81lso.gif', 748, 0, 0, 'A2'),
 (3, 'A3', 656000000, 0, '~/Library/SMS/Attachments/0a/10/A3/Sample.pkpass', 'com.apple.pkpass', 'application/vnd.apple.pkpass', 5, 0, 'sample.pkpass', 9000, 0, 0, 'A3'),
 (4, 'A4', 656000000, 0, '/var/tmp/IMG_0002.HEIC-1', 'public.heic', 'image/heic', 5, 1, 'sample.pkpass', 1, 0, 0, 'A4'),
 (5, 'A5', 656000000, 0, '~/Library/SMS/Attachments/0a/10/A5/cat.gif', 'com.compuserve.gif', 'image/gif', 5, 0, 'cat.gif', 1, 0, 0, 'A5'),
 (6, 'A6', 656000000, 0, '/var/mobile/Library/SMS/Attachments/0a/10/A6/train.pkpass', 'com.apple.pkpass', 'application/vnd.apple.pkpass', 5, 0, 'train.pkpass', 1, 0, 0, 'A6'),
 (7, 'A7', 656000000, 0, '/private/var/tmp/com.apple.messages/IMG-1', NULL, NULL, 5, 0, 'IMG-1', 1, 0, 0, 'A7'),
 (8, 'A8', 656000000, 0, '/tmp/kq2hd81lso.gif-2', NULL, NULL, 5, 0, NULL, 1, 0, 0, 'A8'),
 (9, 'A9', 656000000, 0, '/private/var/tmp/late-1', NULL, NULL, 5, 0, NULL, 1, 0, 0, 'A9'), (10, 'A10', 0, 0, NULL, NULL, NULL, 0, 0, NULL, 0, 1, 1, 'A10');
INSERT INTO message_attachment_join VALUES (1, 1), (1, 2), (1, 3), (2, 4), (1, 5), (1, 6), (1, 7), (1, 8), (1, 9), (3, 9);
