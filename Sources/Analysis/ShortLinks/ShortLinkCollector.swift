import ArtifactModel
import Indicators
import Primitives

/// Counts the short links of the records of one artefact, and keeps these records if it will be known where they led.
///
/// Memory is bounded, and what is beyond is counted. The records are kept rather than looked for again: a check may be
/// made without writing records, and evidence is read once.
struct ShortLinkCollector: Sendable {
    /// The most links, and the most records and bytes of records, of one artefact.
    static let linkLimit = 20_000
    static let recordLimit = 5_000
    static let byteLimit = 16 << 20

    /// A record that holds short links.
    struct Record: Sendable {
        var links: [(link: String, observable: Observable)]
        var moment: Timestamp?
        var path: String
        var location: Location
        var members: [NamedValue]
        /// Which record it is for the patterns, if any can be fulfilled here.
        var place: PatternHits.Place?
    }

    /// The links, normalised, each once.
    private(set) var links: Set<String> = []
    /// How many times a link was met that is beyond the limit, and one that can't be asked for.
    private(set) var beyondLimit = 0
    private(set) var unfit = 0
    private(set) var records: [Record] = []
    /// How many records were not kept, or not with all of their links.
    private(set) var dropped = 0
    /// What the fields hold that are compared, by their names.
    let observables: [String: Observable]
    private let keepsRecords: Bool
    private var bytes = 0
    /// Whether the record that is being read holds more links than are kept of one.
    private var isCut = false
    private var waiting: [(link: String, observable: Observable)] = []

    init(keepsRecords: Bool = false, _ observables: [(String, Observable)] = []) {
        self.keepsRecords = keepsRecords
        self.observables = keepsRecords ? Dictionary(observables) { first, _ in first } : [:]
    }

    /// Whether the record that is being read holds a short link, and should be handed over at its end.
    var isWaiting: Bool { !waiting.isEmpty }

    /// Looks at a link of the record that is being read.
    mutating func note(_ text: String, _ observable: Observable) {
        switch ShortLink.read(text) {
        case nil: return
        case .unfit: unfit += 1
        case .askable(let link):
            guard links.contains(link.text) || links.count < ShortLinkCollector.linkLimit else {
                beyondLimit += 1
                return
            }
            links.insert(link.text)
            guard keepsRecords, !waiting.contains(where: { $0.link == link.text }) else { return }
            guard waiting.count < IndicatorWording.matchLimit else { return isCut = true }
            waiting.append((link.text, observable))
        }
    }

    /// Keeps the record that was read, which has `size` bytes as JSON.
    mutating func endRecord(
        _ moment: Timestamp?, _ path: String, _ location: Location, _ place: PatternHits.Place?, size: Int,
        members: [NamedValue]
    ) {
        defer {
            waiting.removeAll(keepingCapacity: true)
            isCut = false
        }
        if isCut { dropped += 1 }
        guard records.count < ShortLinkCollector.recordLimit, size <= ShortLinkCollector.byteLimit - bytes else {
            if !isCut { dropped += 1 }
            return
        }
        bytes += size
        records.append(
            Record(
                links: waiting, moment: moment, path: path, location: location, members: members, place: place))
    }
}
