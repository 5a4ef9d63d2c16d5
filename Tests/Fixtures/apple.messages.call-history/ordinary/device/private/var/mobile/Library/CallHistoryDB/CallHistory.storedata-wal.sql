INSERT INTO ZCALLRECORD VALUES (5, 2, 1, 1, 1, 0, 0, NULL, 1, 0, 1, 656000400, 5, NULL, '15550100@s.whatsapp.net', NULL, NULL, NULL, 'net.whatsapp.WhatsApp', 'C5');
