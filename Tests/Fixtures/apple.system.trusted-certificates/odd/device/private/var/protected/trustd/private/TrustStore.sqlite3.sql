CREATE TABLE tsettings(sha256, subj, tset, data);
INSERT INTO tsettings VALUES ('text',NULL,'no list','no certificate'),(NULL,NULL,NULL,NULL),(5,6,7,8),(x'00',x'',x'',x'3080'),(x'01',NULL,NULL,x'3084ffffffff'),(x'02',NULL,NULL,x'3082011c3081f3a0030201020203012345300d06092a864886f70d01010b05003047310b30090603');
