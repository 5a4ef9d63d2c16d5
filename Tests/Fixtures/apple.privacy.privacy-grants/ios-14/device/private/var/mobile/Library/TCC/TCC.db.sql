-- Synthetic. The schema of iOS 14. Row 3 is the planted trace; 4 to 7 are decoys: denied, an application, the system
-- volume, another permission.
CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, auth_value INTEGER NOT NULL, auth_reason INTEGER NOT NULL, auth_version INTEGER NOT NULL, csreq BLOB, policy_id INTEGER, indirect_object_identifier_type INTEGER, indirect_object_identifier TEXT NOT NULL DEFAULT 'UNUSED', indirect_object_code_identity BLOB, flags INTEGER, last_modified INTEGER NOT NULL, PRIMARY KEY (service, client, client_type, indirect_object_identifier));
INSERT INTO access (service, client, client_type, auth_value, auth_reason, auth_version, last_modified) VALUES
 ('kTCCServiceMicrophone', 'com.example.calls', 0, 2, 2, 1, 1634307200),
 ('kTCCServicePhotos', 'com.example.pictures', 0, 3, 2, 1, 1634307201),
 ('kTCCServiceMicrophone', '/private/var/tmp/UserEventAgent', 1, 2, 4, 1, 1634307202),
 ('kTCCServiceCamera', '/private/var/tmp/UserEventAgent', 1, 0, 2, 1, 1634307203),
 ('kTCCServiceCamera', '/var/containers/Bundle/Application/A/B.app/B', 1, 2, 2, 1, 1634307204),
 ('kTCCServiceMicrophone', '/usr/libexec/voiced', 1, 2, 11, 1, 1634307205),
 ('kTCCServiceAddressBook', '/private/var/tmp/other', 1, 2, 3, 1, 1634307206);
