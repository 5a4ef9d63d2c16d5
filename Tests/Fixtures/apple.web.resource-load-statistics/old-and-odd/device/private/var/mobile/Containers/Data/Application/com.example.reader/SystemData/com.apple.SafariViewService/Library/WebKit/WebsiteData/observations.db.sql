-- Synthetic. The first generation without push messages, values of unexpected types, a hostile name, relations to nothing.
CREATE TABLE ObservedDomains (domainID INTEGER PRIMARY KEY, registrableDomain, lastSeen, hadUserInteraction, mostRecentUserInteractionTime);
CREATE TABLE SubresourceUniqueRedirectsTo (subresourceDomainID, lastUpdated, toDomainID);
INSERT INTO ObservedDomains VALUES (1, 'a.example' || char(10) || 'b', 'never', 1, 9e99), (2, NULL, -62135596800, NULL, NULL), (7, 'c.example', 1634256000, 'yes', 0);
INSERT INTO SubresourceUniqueRedirectsTo VALUES ('a.example', 'noon', NULL), (7, 0, 1), (8, -1, 9);
