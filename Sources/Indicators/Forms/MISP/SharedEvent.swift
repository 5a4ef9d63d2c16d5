import FileFormats
import Primitives

/// Loads events of MISP: one, a list of them, or the answer of a server with a list of them.
///
/// Honours `to_ids` (what is not meant for detection is named and not used) and `deleted`; a value that is not to be
/// correlated because it is common is used with a remark. Families come from galaxies, else from the event's title.
/// Source: https://datatracker.ietf.org/doc/draft-dulaunoy-misp-core-format/
struct SharedEvent {
    /// Larger files are refused with a sentence: events are read whole.
    static let sizeLimit = 512 << 20

    private let intake: IndicatorIntake
    private var reader: JSONReader
    private var facts = IndicatorFacts()
    private var tally = SharedTally()

    static func load(_ bytes: [UInt8], into intake: IndicatorIntake) {
        var loader = SharedEvent(intake: intake, reader: JSONReader(bytes, depthLimit: 64))
        do throws(ParseError) {
            try loader.readRoot()
            try loader.reader.end()
        } catch {
            intake.note(.damagedFile, "The file is damaged: \(error). What stands before was used.")
        }
        loader.tally.say(to: intake)
    }

    private init(intake: IndicatorIntake, reader: JSONReader) {
        self.intake = intake
        self.reader = reader
    }

    /// An event, something that has events below `Event` or `response`, or a list of such things.
    private mutating func readRoot() throws(ParseError) {
        if try reader.enterArray() {
            while try reader.element() { try tolerant { loader throws(ParseError) in try loader.readRoot() } }
            return
        }
        // What an event says of itself may stand behind its attributes: a look from afar comes first.
        let before = reader
        guard try reader.enterObject() else { return }
        var ahead = before
        let own = SharedEventFacts(&ahead)
        let outer = facts
        if own.isEvent { facts = own.facts(outer, intake) }
        defer { facts = outer }
        while let key = try reader.key() {
            switch key {
            case "Event", "response": try readRoot()
            case "Attribute": try readAttributes(object: "")
            case "Object": try readObjects()
            default: break
            }
        }
    }

    /// Reads an element; if it is damaged and its end can be found, it costs itself only.
    private mutating func tolerant(
        _ body: (inout SharedEvent) throws(ParseError) -> Void
    ) throws(ParseError) {
        let (start, depth) = (reader.offset, reader.depth)
        do throws(ParseError) {
            try body(&self)
        } catch {
            guard reader.stepOver(damagedAt: start, depth: depth) else { throw error }
            intake.note(.damagedObject, "An attribute or object is damaged: \(error). The others are used.")
        }
    }

    private mutating func readObjects() throws(ParseError) {
        guard try reader.enterArray() else { return }
        while try reader.element() {
            try tolerant { loader throws(ParseError) in try loader.readObject() }
        }
    }

    private mutating func readObject() throws(ParseError) {
        let before = reader
        guard try reader.enterObject() else { return }
        var (name, isDeleted) = ("", false)
        var ahead = before
        if try ahead.enterObject() {
            while let key = try ahead.key() {
                if key == "name" { name = try ahead.string() ?? "" }
                if key == "deleted" { isDeleted = try ahead.flag() }
            }
        }
        while let key = try reader.key() {
            guard key == "Attribute" else { continue }
            if isDeleted { tally.deletedObjects += 1 } else { try readAttributes(object: name) }
        }
    }

    private mutating func readAttributes(object: String) throws(ParseError) {
        guard try reader.enterArray() else { return }
        while try reader.element() {
            try tolerant { loader throws(ParseError) in try loader.readAttribute(object) }
        }
    }

    private mutating func readAttribute(_ object: String) throws(ParseError) {
        guard try reader.enterObject() else {
            return intake.note(.damagedObject, "Near byte \(reader.offset), expected an attribute.")
        }
        var attribute = SharedAttribute()
        attribute.object = object
        var own = facts
        while let key = try reader.key() {
            switch key {
            case "type": attribute.type = try reader.string() ?? ""
            case "value": attribute.value = try reader.string() ?? ""
            case "uuid": attribute.identifier = try reader.string() ?? ""
            case "comment": attribute.comment = try reader.string()
            case "to_ids": attribute.isForDetection = try reader.flag()
            case "deleted": attribute.isDeleted = try reader.flag()
            case "disable_correlation": attribute.isCommon = try reader.flag()
            case "object_relation": attribute.relation = try reader.string() ?? ""
            case "first_seen": own.validFrom = try reader.string().flatMap { Timestamp(rfc3339: $0) }
            case "Tag":
                var tags = SharedTags()
                try tags.read(&reader)
                own.marking = tags.marking ?? own.marking
                own.family = tags.family ?? own.family
            default: break
            }
        }
        tally.use(attribute, facts: own, intake)
    }
}

/// Decides about attributes, and counts what is said in one sentence for all.
struct SharedTally {
    var deletedObjects = 0
    private var remarks = 0
    private var names = 0

    mutating func use(_ attribute: SharedAttribute, facts: IndicatorFacts, _ intake: IndicatorIntake) {
        let identifier = attribute.identifier
        let meaning = attribute.meaning
        guard meaning != .remark else {
            remarks += 1
            return
        }
        guard !attribute.isDeleted else {
            return intake.note(.revoked, "The publisher has deleted the attribute.", identifier)
        }
        guard attribute.isForDetection else {
            return intake.note(
                .notForDetection, "The publisher does not mean the attribute for detection (to_ids).", identifier)
        }
        if attribute.isCommon {
            intake.note(
                .remark, "The publisher asks not to correlate the value, which may be common.", identifier)
        }
        let note = attribute.comment.flatMap { $0.isEmpty ? nil : $0 }
        switch meaning {
        case .values(let values):
            if attribute.type.hasPrefix("filename|") || attribute.type == "malware-sample" { names += 1 }
            for value in values {
                intake.add(value.property, value.value, identifier: identifier, note: note, facts: facts)
            }
        case .pattern:
            attribute.value.withBytes { intake.add(pattern: $0, identifier: identifier, note: note, facts: facts) }
        case .foreign:
            intake.note(.unsupportedPattern, "The pattern is in another language than STIX.", identifier)
        case .unknown, .remark:
            let type = attribute.type.utf8.count <= 60 ? attribute.type : "such a type"
            intake.note(.unknownProperty, "No record is compared with attributes of the type \(type).", identifier)
        }
    }

    func say(to intake: IndicatorIntake) {
        if remarks > 0 {
            intake.note(.notForDetection, "\(remarks) attributes are remarks, links and the like, and no indicators.")
        }
        if deletedObjects > 0 { intake.note(.revoked, "The publisher has deleted \(deletedObjects) objects.") }
        if names > 0 {
            intake.note(
                .remark, "\(names) hashes were published with a file name, which is not compared by itself.")
        }
    }
}

extension JSONReader {
    /// A truth as servers of several ages write it: `true`, `1`, `"1"`.
    mutating func flag() throws(ParseError) -> Bool {
        if let truth = try truth() { return truth }
        if let number = try integer() { return number != 0 }
        if let text = try string() { return text == "1" || text.lowercased() == "true" }
        return false
    }
}
