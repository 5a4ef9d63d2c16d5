import ArtifactModel
import CaseModel
import Primitives

/// Gathers what the records of one artefact say of the device, each thing once, within bounds.
///
/// Records that say the same extend its span of time. Restarts are things of their own by their moment.
struct FactCollector: Sendable {
    /// How many different facts of one artefact are kept.
    static let factLimit = 10_000
    /// How many bytes of text the facts of one artefact may have.
    static let textLimit = 2 << 20
    /// How many bytes of a subject or a detail are kept.
    static let partLimit = 512

    private struct Key: Hashable {
        var kind: FactKind
        var subject: String
        var detail: String
        var isOn: Bool
        /// The moment, for kinds that happen more than once.
        var moment: Timestamp?
    }

    private let artifact: String
    private var known: [DeviceFact] = []
    private var places: [Key: Int] = [:]
    /// The last thing that was said: records that follow each other mostly say the same.
    private var recent: (key: Key, place: Int)?
    private var textSize = 0
    /// How many things were not kept.
    private(set) var overflow = 0

    init(artifact: String) { self.artifact = artifact }

    mutating func add(_ kind: FactKind, _ reading: FactReading, path: String, location: Location) {
        let key = Key(
            kind: kind, subject: FactCollector.cut(reading.subject), detail: FactCollector.cut(reading.detail),
            isOn: reading.isOn, moment: kind == .restart ? reading.moment : nil)
        if let recent, recent.key == key { return known[recent.place].add(reading.moment) }
        if let place = places[key] {
            recent = (key, place)
            return known[place].add(reading.moment)
        }
        let size = key.subject.utf8.count + key.detail.utf8.count
        guard known.count < FactCollector.factLimit, textSize + size <= FactCollector.textLimit else {
            overflow += 1
            return
        }
        textSize += size
        places[key] = known.count
        recent = (key, known.count)
        known.append(
            DeviceFact(
                kind: kind, subject: key.subject, detail: key.detail, isOn: key.isOn, first: reading.moment,
                artifact: artifact, path: path, location: location))
    }

    /// The facts in their order.
    var facts: [DeviceFact] { known.sorted() }

    /// The text, or its beginning on a border of characters.
    private static func cut(_ text: String) -> String {
        guard text.utf8.count > partLimit else { return text }
        var kept = ""
        var size = 0
        for scalar in text.unicodeScalars {
            size += UTF8.width(scalar)
            guard size <= partLimit - 3 else { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }
}

extension DeviceFact {
    /// Takes in one more record of the same, with its moment if it has one.
    fileprivate mutating func add(_ moment: Timestamp?) {
        records += 1
        guard let moment else { return }
        first = min(first ?? moment, moment)
        last = max(last ?? moment, moment)
    }
}
