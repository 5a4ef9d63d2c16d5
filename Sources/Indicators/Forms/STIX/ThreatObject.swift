import FileFormats
import Primitives

/// The properties of a STIX object that somebody here asks for, in place: valid as long as its bytes.
struct ThreatObject {
    /// What the object is to a loader.
    enum Kind {
        case indicator, relationship, report, identity, marking, sighting
        /// Something that an indicator can be attributed to, with its place in ``ThreatContext/attributable``.
        case family(rank: Int)
        case other
    }

    var type: JSONText?
    var identifier: JSONText?
    var name: JSONText?
    var description: JSONText?
    var created: JSONText?
    var modified: JSONText?
    var isRevoked = false
    var createdBy: JSONText?
    var markingReferences: JSONPlace?
    var externalReferences: JSONPlace?
    // An indicator's
    var pattern: JSONText?
    var patternType: JSONText?
    var indicatorTypes: JSONPlace?
    var labels: JSONPlace?
    var validFrom: JSONText?
    var validUntil: JSONText?
    var confidence: JSONPlace?
    // A relationship's
    var relationshipType: JSONText?
    var sourceReference: JSONText?
    var targetReference: JSONText?
    // A report's
    var objectReferences: JSONPlace?
    // A sighting's
    var sightingOf: JSONText?
    var count: JSONPlace?
    var firstSeen: JSONText?
    var lastSeen: JSONText?
    // A marking's
    var definition: JSONPlace?
    var extensions: JSONPlace?
    /// Whether a property that is asked for is there twice; the last one counts.
    var hasDuplicates = false
    /// The first byte behind the object.
    private(set) var end = 0

    /// Reads the object that begins at `offset`.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) throws(ParseError) {
        guard var members = JSONMembers(bytes, at: offset) else {
            throw ParseError(.malformed, "an object", at: offset)
        }
        while let member = try members.next() { take(member) }
        end = members.offset
    }

    @inline(__always)
    private mutating func take(_ member: JSONMembers.Member) {
        let name = member.name
        guard !name.hasEscapes else { return takeEscaped(member) }
        switch name.content.count {
        case 2: if name.equals("id") { ThreatObject.set(&identifier, member.value, &hasDuplicates) }
        case 4:
            if name.equals("type") {
                ThreatObject.set(&type, member.value, &hasDuplicates)
            } else if name.equals("name") {
                ThreatObject.set(&self.name, member.value, &hasDuplicates)
            }
        case 5: if name.equals("count") { ThreatObject.set(&count, member.value, &hasDuplicates) }
        case 6: if name.equals("labels") { ThreatObject.set(&labels, member.value, &hasDuplicates) }
        case 7:
            if name.equals("pattern") {
                ThreatObject.set(&pattern, member.value, &hasDuplicates)
            } else if name.equals("created") {
                ThreatObject.set(&created, member.value, &hasDuplicates)
            } else if name.equals("revoked") {
                isRevoked = member.value.truth ?? false
            }
        case 8: if name.equals("modified") { ThreatObject.set(&modified, member.value, &hasDuplicates) }
        case 9: if name.equals("last_seen") { ThreatObject.set(&lastSeen, member.value, &hasDuplicates) }
        case 10:
            if name.equals("valid_from") {
                ThreatObject.set(&validFrom, member.value, &hasDuplicates)
            } else if name.equals("confidence") {
                ThreatObject.set(&confidence, member.value, &hasDuplicates)
            } else if name.equals("source_ref") {
                ThreatObject.set(&sourceReference, member.value, &hasDuplicates)
            } else if name.equals("target_ref") {
                ThreatObject.set(&targetReference, member.value, &hasDuplicates)
            } else if name.equals("first_seen") {
                ThreatObject.set(&firstSeen, member.value, &hasDuplicates)
            } else if name.equals("definition") {
                ThreatObject.set(&definition, member.value, &hasDuplicates)
            } else if name.equals("extensions") {
                ThreatObject.set(&extensions, member.value, &hasDuplicates)
            }
        case 11:
            if name.equals("description") {
                ThreatObject.set(&description, member.value, &hasDuplicates)
            } else if name.equals("valid_until") {
                ThreatObject.set(&validUntil, member.value, &hasDuplicates)
            } else if name.equals("object_refs") {
                ThreatObject.set(&objectReferences, member.value, &hasDuplicates)
            }
        case 12: if name.equals("pattern_type") { ThreatObject.set(&patternType, member.value, &hasDuplicates) }
        case 14: if name.equals("created_by_ref") { ThreatObject.set(&createdBy, member.value, &hasDuplicates) }
        case 15:
            if name.equals("sighting_of_ref") {
                ThreatObject.set(&sightingOf, member.value, &hasDuplicates)
            } else if name.equals("indicator_types") {
                ThreatObject.set(&indicatorTypes, member.value, &hasDuplicates)
            }
        case 17:
            if name.equals("relationship_type") { ThreatObject.set(&relationshipType, member.value, &hasDuplicates) }
        case 19:
            if name.equals("external_references") {
                ThreatObject.set(&externalReferences, member.value, &hasDuplicates)
            } else if name.equals("object_marking_refs") {
                ThreatObject.set(&markingReferences, member.value, &hasDuplicates)
            }
        default: break
        }
    }

    /// A name written with escapes, which nobody does without a reason; only what decides about the object counts.
    private mutating func takeEscaped(_ member: JSONMembers.Member) {
        switch member.name.string {
        case "type": ThreatObject.set(&type, member.value, &hasDuplicates)
        case "id": ThreatObject.set(&identifier, member.value, &hasDuplicates)
        case "pattern": ThreatObject.set(&pattern, member.value, &hasDuplicates)
        case "revoked": isRevoked = member.value.truth ?? false
        default: break
        }
    }

    @inline(__always)
    private static func set(_ text: inout JSONText?, _ value: JSONPlace, _ hasDuplicates: inout Bool) {
        if text != nil { hasDuplicates = true }
        text = value.text
    }

    @inline(__always)
    private static func set(_ place: inout JSONPlace?, _ value: JSONPlace, _ hasDuplicates: inout Bool) {
        if place != nil { hasDuplicates = true }
        place = value
    }

    var kind: Kind {
        guard let type else { return .other }
        if type.equals("indicator") { return .indicator }
        if type.equals("relationship") { return .relationship }
        for (rank, name) in ThreatContext.attributable.enumerated() where type.equals(name) {
            return .family(rank: rank)
        }
        if type.equals("report") { return .report }
        if type.equals("identity") { return .identity }
        if type.equals("marking-definition") { return .marking }
        if type.equals("sighting") { return .sighting }
        return .other
    }

    var key: IdentifierTable.Key? { identifier?.withBytes { IdentifierTable.Key($0) } }

    /// The first link of the external references.
    var link: String? {
        guard var elements = externalReferences?.elements else { return nil }
        while let element = try? elements.next() {
            guard var members = element.members else { continue }
            while let member = try? members.next() {
                if member.name.equals("url"), let text = member.value.text?.string, !text.isEmpty { return text }
            }
        }
        return nil
    }

    /// The texts of a list.
    static func forEachText(_ place: JSONPlace?, _ body: (JSONText) -> Void) {
        guard var elements = place?.elements else { return }
        while let element = try? elements.next() {
            if let text = element.text { body(text) }
        }
    }
}

extension JSONText {
    /// The moment, if the text is one.
    var moment: Timestamp? { withBytes { Timestamp(rfc3339: $0) } }
}
