import FileFormats
import Primitives

/// What an event of MISP says of itself: its title, who made it, how far it may go, what it is about.
struct SharedEventFacts {
    /// Whether it is an event at all, and not something around one.
    private(set) var isEvent = false
    private var title: String?
    private var publisher: String?
    private var date: Timestamp?
    private var changed: Timestamp?
    private var tags = SharedTags()
    private var link: String?

    /// Looks at the object that the reader stands before; damage ends the look, and what was found stays.
    init(_ reader: inout JSONReader) { try? read(&reader) }

    private mutating func read(_ reader: inout JSONReader) throws(ParseError) {
        guard try reader.enterObject() else { return }
        while let key = try reader.key() {
            switch key {
            case "info":
                title = try reader.string()
                isEvent = true
            case "Attribute", "Object":
                isEvent = true
                if key == "Attribute", link == nil { try readLink(&reader) }
            case "date":
                let text = try reader.string() ?? ""
                date = Timestamp(rfc3339: text + "T00:00:00Z")
            case "timestamp": changed = try SharedEventFacts.seconds(&reader)
            case "Orgc", "orgc": publisher = try SharedEventFacts.name(&reader) ?? publisher
            case "Tag": try tags.read(&reader)
            case "Galaxy": try tags.readGalaxies(&reader)
            default: break
            }
        }
    }

    /// Adds what is known to what is known from around it.
    func facts(_ outer: IndicatorFacts, _ intake: IndicatorIntake) -> IndicatorFacts {
        var facts = outer
        facts.family = tags.family ?? title ?? outer.family
        facts.publisher = publisher ?? outer.publisher
        facts.marking = tags.marking ?? outer.marking
        facts.reference = link ?? outer.reference
        if let date { intake.publication.created = min(intake.publication.created ?? date, date) }
        if let changed { intake.publication.modified = max(intake.publication.modified ?? changed, changed) }
        if intake.publication.publisher == nil { intake.publication.publisher = publisher }
        if intake.publication.title == nil { intake.publication.title = title }
        return facts
    }

    /// The first attribute that is a link to a report.
    private mutating func readLink(_ reader: inout JSONReader) throws(ParseError) {
        guard try reader.enterArray() else { return }
        while try reader.element() {
            guard link == nil, try reader.enterObject() else { continue }
            var (type, value) = ("", "")
            while let key = try reader.key() {
                if key == "type" { type = try reader.string() ?? "" }
                if key == "value" { value = try reader.string() ?? "" }
            }
            if type == "link", value.hasPrefix("http") { link = value }
        }
    }

    private static func name(_ reader: inout JSONReader) throws(ParseError) -> String? {
        if let text = try reader.string() { return text }
        guard try reader.enterObject() else { return nil }
        var name: String?
        while let key = try reader.key() { if key == "name" { name = try reader.string() } }
        return name
    }

    /// Seconds since 1970 as text or as a number.
    static func seconds(_ reader: inout JSONReader) throws(ParseError) -> Timestamp? {
        if let number = try reader.integer() { return Timestamp(unixSeconds: number) }
        return try reader.string().flatMap { Int64($0) }.flatMap { Timestamp(unixSeconds: $0) }
    }
}

/// What tags and galaxies say: the traffic light, and the most telling name.
struct SharedTags {
    private(set) var marking: String?
    private(set) var family: String?
    private var rank = Int.max

    /// Galaxies by what they name, the most telling first; of others nothing is taken.
    /// Source: https://github.com/MISP/misp-galaxy
    private static let ranks: [String: Int] = [
        "mitre-malware": 0, "mitre-mobile-attack-malware": 0, "mitre-enterprise-attack-malware": 0, "malpedia": 0,
        "android": 0, "rat": 0, "stealer": 0, "backdoor": 0, "botnet": 0, "ransomware": 0, "banker": 0,
        "mitre-tool": 1, "tool": 1, "surveillance-vendor": 2, "producer": 2, "mitre-intrusion-set": 3,
        "threat-actor": 4, "microsoft-activity-group": 4, "360net-threat-actor": 4,
    ]

    /// Reads a list of tags.
    mutating func read(_ reader: inout JSONReader) throws(ParseError) {
        guard try reader.enterArray() else { return }
        while try reader.element() {
            guard try reader.enterObject() else { continue }
            while let key = try reader.key() {
                if key == "name", let name = try reader.string() { take(name) }
            }
        }
    }

    /// Takes a tag: `tlp:amber`, `misp-galaxy:threat-actor="Anunak"`.
    mutating func take(_ tag: String) {
        let lower = tag.lowercased()
        if lower.hasPrefix("tlp:"), case .trafficLight(let colour) = ThreatMarking(trafficLight: tag) {
            marking = ThreatMarking.stricter(marking, colour)
        }
        guard lower.hasPrefix("misp-galaxy:"), let equals = tag.firstIndex(of: "=") else { return }
        let type = tag[tag.index(tag.startIndex, offsetBy: 12)..<equals]
        take(String(type), tag[tag.index(after: equals)...].filter { $0 != "\"" })
    }

    private mutating func take(_ type: String, _ name: String) {
        guard let found = SharedTags.ranks[type.lowercased()], found < rank, !name.isEmpty else { return }
        rank = found
        // MITRE's clusters end in their number: "Pegasus for iOS - S0289".
        family = name
    }

    /// Reads a list of galaxies with their clusters.
    mutating func readGalaxies(_ reader: inout JSONReader) throws(ParseError) {
        guard try reader.enterArray() else { return }
        while try reader.element() {
            guard try reader.enterObject() else { continue }
            while let key = try reader.key() {
                guard key == "GalaxyCluster", try reader.enterArray() else { continue }
                while try reader.element() {
                    guard try reader.enterObject() else { continue }
                    var (type, value) = ("", "")
                    while let key = try reader.key() {
                        if key == "type" { type = try reader.string() ?? "" }
                        if key == "value" { value = try reader.string() ?? "" }
                    }
                    take(type, value)
                }
            }
        }
    }
}
