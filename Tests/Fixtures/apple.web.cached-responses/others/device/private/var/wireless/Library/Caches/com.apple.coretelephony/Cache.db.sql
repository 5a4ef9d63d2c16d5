-- Synthetic. A service of the system, and an address without a scheme.
CREATE TABLE cfurl_cache_response(entry_ID INTEGER PRIMARY KEY, version, hash_value, storage_policy, request_key, time_stamp);
INSERT INTO cfurl_cache_response VALUES (1, 0, 0, 0, 'https://someone:secret@injected.example:30495/x', '2021-10-15 14:13:20'), (2, 0, 0, 0, 'no scheme:30495', '2021-10-15 14:13:20');
