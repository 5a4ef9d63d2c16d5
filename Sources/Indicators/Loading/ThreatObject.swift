import FileFormats
import Primitives

/// The properties of a STIX object that somebody here asks for.
struct ThreatObject {
    var type = ""
    var identifier = ""
    var name: String?
    var description: String?
    var modified: Timestamp?
    var isRevoked = false
    /// The first link of the external references.
    var link: String?
    // An indicator's
    var pattern: String?
    var patternType: String?
    var indicatorTypes: [String] = []
    var validFrom: Timestamp?
    var validUntil: Timestamp?
    var confidence: Int?
    // A relationship's
    var relationshipType = ""
    var sourceReference = ""
    var targetReference = ""
    // A report's
    var objectReferences: [String] = []

    /// Reads the object that the reader stands before, or `nil` if it stands before something else.
    init?(_ reader: inout JSONReader) throws(ParseError) {
        guard try reader.enterObject() else { return nil }
        while let key = try reader.key() {
            switch key {
            case "type": type = try reader.string() ?? ""
            case "id": identifier = try reader.string() ?? ""
            case "name": name = try reader.string()
            case "description": description = try reader.string()
            case "modified": modified = try ThreatObject.moment(&reader)
            case "revoked": isRevoked = try reader.truth() ?? false
            case "external_references": link = try ThreatObject.firstLink(&reader)
            case "pattern": pattern = try reader.string()
            case "pattern_type": patternType = try reader.string()
            case "indicator_types", "labels": indicatorTypes += try ThreatObject.texts(&reader)
            case "valid_from": validFrom = try ThreatObject.moment(&reader)
            case "valid_until": validUntil = try ThreatObject.moment(&reader)
            case "confidence": confidence = try reader.integer().flatMap { (0...100).contains($0) ? Int($0) : nil }
            case "relationship_type": relationshipType = try reader.string() ?? ""
            case "source_ref": sourceReference = try reader.string() ?? ""
            case "target_ref": targetReference = try reader.string() ?? ""
            case "object_refs": objectReferences = try ThreatObject.texts(&reader)
            default: break
            }
        }
    }

    private static func moment(_ reader: inout JSONReader) throws(ParseError) -> Timestamp? {
        try reader.string().flatMap { Timestamp(rfc3339: $0) }
    }

    private static func texts(_ reader: inout JSONReader) throws(ParseError) -> [String] {
        guard try reader.enterArray() else { return [] }
        var texts: [String] = []
        while try reader.element() {
            if let text = try reader.string() { texts.append(text) }
        }
        return texts
    }

    private static func firstLink(_ reader: inout JSONReader) throws(ParseError) -> String? {
        guard try reader.enterArray() else { return nil }
        var link: String?
        while try reader.element() {
            guard link == nil, try reader.enterObject() else { continue }
            while let key = try reader.key() {
                if key == "url", let text = try reader.string(), !text.isEmpty { link = text }
            }
        }
        return link
    }
}
