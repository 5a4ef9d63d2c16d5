-- Synthetic. The schema of WebKit, shortened: a page that redirected to another domain, a domain nobody used (-1), a
-- frame and a resource with times, and a relation whose second domain is gone.
CREATE TABLE ObservedDomains (domainID INTEGER PRIMARY KEY, registrableDomain TEXT NOT NULL UNIQUE ON CONFLICT FAIL, lastSeen REAL NOT NULL, hadUserInteraction INTEGER NOT NULL, mostRecentUserInteractionTime REAL NOT NULL, grandfathered INTEGER NOT NULL, isPrevalent INTEGER NOT NULL, isVeryPrevalent INTEGER NOT NULL, mostRecentWebPushInteractionTime REAL NOT NULL DEFAULT 0);
CREATE TABLE TopFrameUniqueRedirectsTo (sourceDomainID INTEGER NOT NULL, toDomainID INTEGER NOT NULL);
CREATE TABLE TopFrameUniqueRedirectsFrom (targetDomainID INTEGER NOT NULL, fromDomainID INTEGER NOT NULL);
CREATE TABLE SubframeUnderTopFrameDomains (subFrameDomainID INTEGER NOT NULL, lastUpdated REAL NOT NULL, topFrameDomainID INTEGER NOT NULL);
CREATE TABLE SubresourceUnderTopFrameDomains (subresourceDomainID INTEGER NOT NULL, lastUpdated REAL NOT NULL, topFrameDomainID INTEGER NOT NULL);
CREATE TABLE TopFrameLoadedThirdPartyScripts (topFrameDomainID INTEGER NOT NULL, subresourceDomainID INTEGER NOT NULL);
INSERT INTO ObservedDomains VALUES (1, 'news.example', 1634256000, 1, 1634307200.5, 0, 0, 0, 0), (2, 'injected.example', 1634256000, 0, -1, 0, 0, 0, -1), (3, 'tracker.example', 1634342400, 0, 0, 1, 1, 0, 1634350000);
INSERT INTO TopFrameUniqueRedirectsTo VALUES (1, 2);
INSERT INTO TopFrameUniqueRedirectsFrom VALUES (2, 1);
INSERT INTO SubframeUnderTopFrameDomains VALUES (3, 1634342400, 1);
INSERT INTO SubresourceUnderTopFrameDomains VALUES (3, 1634342400, 1), (3, 1634342401, 9);
INSERT INTO TopFrameLoadedThirdPartyScripts VALUES (1, 3);
