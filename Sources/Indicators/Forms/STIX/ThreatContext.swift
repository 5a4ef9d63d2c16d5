import FileFormats
import Primitives

/// What the objects of a bundle say about its indicators: families, reports, publishers, markings, sightings, versions.
///
/// Gathered in a first pass, because relationships may stand before or behind what they relate.
///
/// A class, because asking it must not count the references of two dozen arrays.
final class ThreatContext {
    typealias Key = IdentifierTable.Key

    /// What a relationship can attribute an indicator to, the most telling first.
    static let attributable: [StaticString] = ["malware", "tool", "campaign", "intrusion-set", "threat-actor"]

    /// What an indicator is attributed to.
    struct Family {
        let name: String
        let link: String?
        /// The place in `attributable`.
        let rank: Int
    }

    private struct Report {
        let name: String?
        let link: String?
        /// What it lists beside indicators, until the first that is malware is known.
        var others: [Key]
        var malware: Int?
    }

    private var families: [Family] = []
    private var familyNumbers = IdentifierTable()
    private var malwareCount = 0
    private var onlyMalware: Int?

    /// Relationships as they come: the indicator, and the number of what it indicates.
    private var relationships: [(source: Key, target: UInt32)] = []
    private var targets: [Key] = []
    private var targetNumbers = IdentifierTable()
    private var indicated = IdentifierTable()

    private var reports: [Report] = []
    /// By the indicator: the first report that lists it.
    private var reported = IdentifierTable()

    private var identities: [String] = []
    private var identityNumbers = IdentifierTable()
    private var markings: [ThreatMarking] = []
    private var markingNumbers = IdentifierTable()

    /// By the indicator: the number of the occurrence that counts, and when that was modified.
    private var newest = IdentifierTable()
    private var repeated: [Key: Timestamp?] = [:]

    /// How often indicators were seen, as their publishers say.
    private(set) var sightings: [IndicatorSighting] = []
    /// The earliest creation and the latest modification of any object.
    private(set) var created: Timestamp?
    private(set) var modified: Timestamp?
    /// How many indicators there are.
    private(set) var indicatorCount = 0

    init() {
        for known in ThreatMarking.wellKnown {
            guard let key = known.identifier.withBytes({ Key($0) }) else { continue }
            markingNumbers.set(key, UInt32(markings.count))
            markings.append(.trafficLight(known.colour))
        }
    }

    /// Makes room for the indicators of a bundle of so many bytes; a small one needs none.
    func reserve(forBytes count: Int) {
        if count > 16 << 20 { newest.reserve(min(count / 450, 4 << 20)) }
    }

    /// Takes an object of the first pass.
    func take(_ object: ThreatObject) {
        switch object.kind {
        case .indicator: takeVersion(object)
        case .relationship: takeRelationship(object)
        case .family(let rank): takeFamily(object, rank)
        case .report: takeReport(object)
        case .identity:
            if let key = object.key, let name = object.name?.string, !name.isEmpty {
                identityNumbers.set(key, UInt32(truncatingIfNeeded: identities.count))
                identities.append(name)
            }
        case .marking:
            if let key = object.key, let marking = ThreatMarking(object) {
                markingNumbers.set(key, UInt32(truncatingIfNeeded: markings.count))
                markings.append(marking)
            }
        case .sighting: takeSighting(object)
        case .other: break
        }
    }

    // MARK: - The first pass

    /// Of several versions the newest counts; of equally new ones the last.
    private func takeVersion(_ object: ThreatObject) {
        defer { indicatorCount += 1 }
        if indicatorCount & 1_023 == 0 || indicatorCount < 64 { takeDates(object) }
        guard let key = object.key else { return }
        let number = UInt32(truncatingIfNeeded: indicatorCount)
        guard !newest.insert(key, number) else { return }
        // The moment of the first is not kept for all: it is looked up in a second pass over the few that are repeated.
        repeated[key] = .some(nil)
    }

    /// Whether identifiers occur several times, so that ``takeAgain(_:_:)`` has to see the indicators once more.
    var hasRepeated: Bool { !repeated.isEmpty }

    /// Decides between versions of an indicator; called for every indicator, with its number, in the order of the file.
    func takeAgain(_ object: ThreatObject, _ number: Int) {
        guard let key = object.key, let known = repeated[key] else { return }
        let modified = object.modified?.moment
        if let known, let modified, modified < known { return }
        repeated[key] = .some(modified ?? nil)
        newest.set(key, UInt32(truncatingIfNeeded: number))
    }

    private func takeDates(_ object: ThreatObject) {
        if let moment = object.created?.moment { created = min(created ?? moment, moment) }
        if let moment = object.modified?.moment { modified = max(modified ?? moment, moment) }
    }

    private func takeFamily(_ object: ThreatObject, _ rank: Int) {
        takeDates(object)
        guard let key = object.key, let name = object.name?.string, !name.isEmpty else { return }
        if rank == 0, familyNumbers[key] == nil {
            malwareCount += 1
            onlyMalware = malwareCount == 1 ? families.count : nil
        }
        familyNumbers.set(key, UInt32(truncatingIfNeeded: families.count))
        families.append(Family(name: name, link: object.link, rank: rank))
    }

    private func takeRelationship(_ object: ThreatObject) {
        guard !object.isRevoked, object.relationshipType?.equals("indicates") ?? false,
            let source = object.sourceReference?.withBytes({ Key($0) }),
            let target = object.targetReference?.withBytes({ Key($0) })
        else { return }
        let number = targetNumbers[target] ?? UInt32(truncatingIfNeeded: targets.count)
        if number == targets.count {
            targetNumbers.set(target, number)
            targets.append(target)
        }
        relationships.append((source, number))
    }

    private func takeReport(_ object: ThreatObject) {
        takeDates(object)
        guard !object.isRevoked else { return }
        let number = UInt32(truncatingIfNeeded: reports.count)
        var others: [Key] = []
        ThreatObject.forEachText(object.objectReferences) { reference in
            guard let key = reference.withBytes({ Key($0) }) else { return }
            if reference.content.starts(with: "indicator--".utf8) {
                if reported[key] == nil { reported.set(key, number) }
            } else if others.count < 1_000 {
                others.append(key)
            }
        }
        reports.append(Report(name: object.name?.string, link: object.link, others: others, malware: nil))
    }

    private func takeSighting(_ object: ThreatObject) {
        guard !object.isRevoked, let target = object.sightingOf, sightings.count < 100_000 else { return }
        sightings.append(
            IndicatorSighting(
                identifier: target.string, count: object.count?.integer.flatMap { Int(exactly: $0) } ?? 1,
                firstSeen: object.firstSeen?.moment, lastSeen: object.lastSeen?.moment))
    }

    // MARK: - Afterwards

    /// Works out what the first pass could not know.
    func finish() {
        let ranks = targets.map { target in familyNumbers[target] }
        for (source, target) in relationships {
            guard let family = ranks[Int(target)] else { continue }
            if let other = indicated[source], families[Int(other)].rank <= families[Int(family)].rank { continue }
            indicated.set(source, family)
        }
        relationships = []
        for index in reports.indices {
            for key in reports[index].others {
                guard let number = familyNumbers[key], families[Int(number)].rank == 0 else { continue }
                reports[index].malware = Int(number)
                break
            }
            reports[index].others = []
        }
    }

    /// Whether anything is known of indicators by their identifiers.
    var knowsIdentifiers: Bool { hasRepeated || indicated.count > 0 || reported.count > 0 }

    /// Whether an occurrence of an indicator is the one that counts.
    func isNewest(_ key: Key?, _ number: Int) -> Bool {
        // Without repeated identifiers every occurrence is the only one, and the table need not be asked.
        guard hasRepeated, let key, let newest = newest[key] else { return true }
        return Int(newest) == number
    }

    /// The family's name, and the first link among those of the indicator, the family and the report.
    func family(of key: Key?, link: String?) -> (name: String?, link: String?) {
        let report = key.flatMap { reported[$0] }.map { reports[Int($0)] }
        let number = key.flatMap { indicated[$0] }.map(Int.init) ?? report?.malware ?? onlyMalware
        let family = number.map { families[$0] }
        return (family?.name ?? report?.name, link ?? family?.link ?? report?.link)
    }

    /// Who made an object.
    func publisher(of object: ThreatObject) -> String? {
        guard let key = object.createdBy?.withBytes({ Key($0) }), let number = identityNumbers[key] else { return nil }
        return identities[Int(number)]
    }

    /// The strictest colour and the first statement that an object is marked with.
    func marking(of object: ThreatObject) -> (colour: String?, statement: String?) {
        var found: (colour: String?, statement: String?)
        ThreatObject.forEachText(object.markingReferences) { reference in
            guard let key = reference.withBytes({ Key($0) }), let number = markingNumbers[key] else { return }
            switch markings[Int(number)] {
            case .trafficLight(let colour): found.colour = ThreatMarking.stricter(found.colour, colour)
            case .statement(let statement): found.statement = found.statement ?? statement
            }
        }
        return found
    }
}
