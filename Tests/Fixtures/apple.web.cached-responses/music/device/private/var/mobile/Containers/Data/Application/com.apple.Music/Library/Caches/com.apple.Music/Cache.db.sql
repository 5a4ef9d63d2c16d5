-- Synthetic. The schema of CFNetwork; an address of the shape that Amnesty International published in 2021, and decoys.
CREATE TABLE cfurl_cache_response(entry_ID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, version INTEGER, hash_value INTEGER, storage_policy INTEGER, request_key TEXT UNIQUE, time_stamp NOT NULL DEFAULT CURRENT_TIMESTAMP, partition TEXT);
CREATE TABLE cfurl_cache_receiver_data(entry_ID INTEGER PRIMARY KEY, isDataOnFS INTEGER, receiver_data BLOB);
INSERT INTO cfurl_cache_response VALUES
 (1, 0, 7366274791171153819, 0, 'https://x1.php.injected.example:37271/afAVt89Wq/stadium/pop2.html?key=501_4&n=7', '2021-10-15 14:13:20', NULL),
 (2, 0, -662909776, 0, 'https://api.music.apple.com:8443/v1/catalog', '2021-10-15 14:13:21', ''),
 (3, 0, 1, 0, 'https://cdn.example:443/cover.jpg', '2021-10-15 14:13:22', 'shop.example');
INSERT INTO cfurl_cache_receiver_data VALUES (1, 1, '0B7A'), (2, 0, x'00');
