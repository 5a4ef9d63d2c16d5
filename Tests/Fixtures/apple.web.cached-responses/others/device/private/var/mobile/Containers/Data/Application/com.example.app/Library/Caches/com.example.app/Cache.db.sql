-- Synthetic. An application that is not Apple's on a port of its own, before partitions; times of unexpected types.
CREATE TABLE cfurl_cache_response(entry_ID INTEGER PRIMARY KEY, version, hash_value, storage_policy, request_key, time_stamp);
INSERT INTO cfurl_cache_response VALUES (1, 0, 0, 0, 'https://api.example:8443/a', NULL), (2, 0, 0, 'none', x'68747470733a2f2f622e6578616d706c652f', 'yesterday'), (3, NULL, NULL, NULL, 5, 656000000), (4, 0, 0, 0, 'https://c.example/' || char(10) || char(27), '2021-10-15 25:00:00');
