-- Synthetic. The schema of Safari: a page of a published shape, decoys, an icon without a page, an icon that was refused.
CREATE TABLE page_url (url TEXT NOT NULL ON CONFLICT FAIL UNIQUE ON CONFLICT REPLACE,uuid TEXT NOT NULL ON CONFLICT FAIL);
CREATE TABLE icon_info (uuid TEXT PRIMARY KEY NOT NULL,url TEXT NOT NULL,timestamp INTEGER,width INTEGER DEFAULT 0,height INTEGER DEFAULT 0,has_generated_representations INTEGER DEFAULT 0);
CREATE TABLE rejected_resources (page_url TEXT NOT NULL,icon_url TEXT NOT NULL,timestamp INTEGER);
INSERT INTO page_url VALUES ('https://x7.injected.example:30495/szev4hz', 'U-1'), ('https://www.weather.example/', 'U-2'), ('https://www.weather.example/kampala', 'U-2'), ('https://lost.example/', 'U-9');
INSERT INTO icon_info VALUES ('U-1', 'https://x7.injected.example:30495/favicon.ico', 656000000, 32, 32, 0), ('U-2', 'https://www.weather.example/icon.png', 656000100, 64, 64, 1), ('U-3', 'https://pageless.example/icon.png', 656000200, 16, 16, 0);
INSERT INTO rejected_resources VALUES ('https://y8.injected.example/', 'https://y8.injected.example/favicon.ico', 656000300);
