/// What the types of attributes of MISP are here.
///
/// Source: "MISP core format", https://datatracker.ietf.org/doc/draft-dulaunoy-misp-core-format/, section 2.4.2.3 (the
/// types), and https://www.misp-project.org/objects.html (the relations of objects).
struct SharedAttribute {
    var type = ""
    var value = ""
    var identifier = ""
    var comment: String?
    var isForDetection = false
    var isDeleted = false
    var isCommon = false
    /// What the attribute is to the object that it is a part of.
    var relation = ""
    /// The name of that object.
    var object = ""

    /// What becomes of an attribute.
    enum Meaning: Equatable {
        /// One or more values under properties of STIX.
        case values([Value])
        /// A pattern of STIX.
        case pattern
        /// A rule in another language.
        case foreign
        /// Something for the reader; nobody would detect anything with it.
        case remark
        /// A kind of trace that no record here is compared with.
        case unknown
    }

    struct Value: Equatable {
        let property: String
        let value: String
    }

    /// The last part of types that are made of two, and the property of a hash.
    private static let hashes: [String: String] = [
        "md5": "file:hashes.md5", "sha1": "file:hashes.sha1", "sha256": "file:hashes.sha256",
        "sha512": "file:hashes.sha512",
    ]

    private static let remarks: Set<String> = [
        "comment", "text", "other", "link", "datetime", "float", "boolean", "counter", "integer", "size-in-bytes",
        "attachment", "campaign-name", "campaign-id", "threat-actor", "malware-type", "vulnerability", "cpe",
        "weakness", "mime-type", "target-user", "target-email", "target-machine", "target-org", "target-location",
        "target-external", "anonymised", "uuid", "port",
    ]

    var meaning: Meaning {
        // The first part is the value, the second the port, the hash or the address.
        let parts = value.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let first = parts.first ?? ""
        let second = parts.count == 2 ? parts[1] : ""
        func one(_ property: String, _ value: String) -> Meaning { .values([Value(property: property, value: value)]) }
        if let found = objectMeaning { return found }
        switch type {
        case "domain", "hostname", "onion-address": return one("domain-name:value", value)
        case "hostname|port": return one("domain-name:value", first)
        case "ip-dst", "ip-src": return one(SharedAttribute.addressProperty(value), value)
        case "ip-dst|port", "ip-src|port": return one(SharedAttribute.addressProperty(first), first)
        case "domain|ip":
            guard parts.count == 2 else { return one("domain-name:value", value) }
            return .values([
                Value(property: "domain-name:value", value: first),
                Value(property: SharedAttribute.addressProperty(second), value: second),
            ])
        case "url": return one("url:value", value)
        case "link": return isForDetection ? one("url:value", value) : .remark
        case "email", "email-src", "email-dst", "email-reply-to", "whois-registrant-email", "jabber-id":
            return one("email-addr:value", value)
        case "filename": return one(value.utf8.contains(UInt8(ascii: "/")) ? "file:path" : "file:name", value)
        case "phone-number": return one("phone-number:value", value)
        case "mobile-application-id": return one("app:id", value)
        case "x509-fingerprint-md5": return one("x509-certificate:hashes.md5", value)
        case "x509-fingerprint-sha1": return one("x509-certificate:hashes.sha1", value)
        case "x509-fingerprint-sha256": return one("x509-certificate:hashes.sha256", value)
        case "malware-sample": return one("file:hashes.md5", second)
        case "stix2-pattern": return .pattern
        case "yara", "sigma", "snort", "bro", "zeek", "kusto-query", "pattern-in-file", "pattern-in-traffic",
            "pattern-in-memory", "filename-pattern":
            return .foreign
        default: break
        }
        if let property = SharedAttribute.hashes[type] { return one(property, value) }
        if type.hasPrefix("filename|"), let property = SharedAttribute.hashes[String(type.dropFirst(9))] {
            return one(property, second)
        }
        return SharedAttribute.remarks.contains(type) && !isForDetection ? .remark : .unknown
    }

    /// What an attribute is only as a part of an object.
    private var objectMeaning: Meaning? {
        let property: String
        switch (object, relation) {
        case ("process", "name"), ("process", "image"):
            property = "process:name"
        case ("android-app", "appid"), ("mobile-app", "appid"), ("mobile-application", "appid"): property = "app:id"
        case ("android-app", "certificate"): property = "app:cert.sha1"
        case ("file", "fullpath"), ("directory", "path"): property = "file:path"
        default: return nil
        }
        return .values([Value(property: property, value: value)])
    }

    static func addressProperty(_ value: String) -> String {
        value.utf8.contains(UInt8(ascii: ":")) ? "ipv6-addr:value" : "ipv4-addr:value"
    }
}
