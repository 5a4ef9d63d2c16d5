-- Synthetic. The schema with allowed and prompt_count; row 2 is the planted trace.
CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, allowed INTEGER NOT NULL, prompt_count INTEGER NOT NULL, csreq BLOB, policy_id INTEGER, last_modified INTEGER NOT NULL);
INSERT INTO access VALUES
 ('kTCCServiceMicrophone', 'com.example.calls', 0, 1, 1, NULL, NULL, 1534307200),
 ('kTCCServiceCamera', '/Applications/../private/var/db/x', 1, 1, 0, NULL, NULL, 1534307201),
 ('kTCCServiceCamera', '/Applications/Camera.app/Camera', 1, 1, 0, NULL, NULL, 1534307202),
 ('kTCCServiceCamera', 'com.example.no', 0, 0, 2, NULL, NULL, 0);
