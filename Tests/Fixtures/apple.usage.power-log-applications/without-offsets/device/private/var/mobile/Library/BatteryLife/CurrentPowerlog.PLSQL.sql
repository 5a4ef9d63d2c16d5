-- Synthetic. No table of offsets, no table of extensions, values of other types.
CREATE TABLE PLApplicationAgent_EventNone_AllApps (ID INTEGER PRIMARY KEY, timestamp, AppBundleId, AppDeletedDate, AppUpdatedDate);
INSERT INTO PLApplicationAgent_EventNone_AllApps VALUES (1, 'now', 5, 'never', 1635849050.5), (2, 0, NULL, -1, NULL), (3, 1e300, 'com.example' || char(13) || char(10), 9e18, 'x');
