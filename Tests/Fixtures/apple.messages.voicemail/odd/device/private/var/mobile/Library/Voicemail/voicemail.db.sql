CREATE TABLE voicemail (ROWID INTEGER PRIMARY KEY, date, sender, duration, flags, transcription);
INSERT INTO voicemail VALUES (1,'then',x'1b5b',NULL,'x','words'),(2,0,'a'||char(10)||'b',1.5,75,NULL),(3,1e300,5,-1,-1,x'ff');
