-- Synthetic. Sizes missing, no table of refused icons, times that are unset, a REAL and a text, a hostile address.
CREATE TABLE page_url (url, uuid);
CREATE TABLE icon_info (uuid PRIMARY KEY, url, timestamp);
INSERT INTO page_url VALUES ('https://a.example/' || char(10) || char(27) || '[2J', 'U-1'), (NULL, NULL), (5, 'U-2');
INSERT INTO icon_info VALUES ('U-1', x'68747470733a2f2f612e6578616d706c652f69', 656000000.5), ('U-2', NULL, 'yesterday'), (NULL, 'https://b.example/i', 0);
