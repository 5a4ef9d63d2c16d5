-- Synthetic. The schema without times, with nulls, codes that nobody has described, and hostile names.
CREATE TABLE access (service, client, client_type, allowed, prompt_count);
INSERT INTO access VALUES
 (NULL, NULL, NULL, NULL, NULL),
 ('kTCCServiceMicrophone', '/tmp/' || char(10) || char(27) || '[31mx', NULL, 1, 'often'),
 (x'6b544343', 'com.example.odd', 7, 99, -1),
 ('kTCCServiceCamera', 'com.example.guess', NULL, 9223372036854775807, 9.5);
