import ArtifactModel
import Indicators
import Primitives

/// Keeps which records of an artefact fulfil which observations of published patterns, until all artefacts were read.
///
/// Memory is bounded: of each observation the first records are kept, of the first of these the fields as well. That
/// something was not kept is noted.
struct PatternHits: Sendable {
    /// The most records that are kept for one observation, of one artefact.
    static let limit = 5_000
    /// The most records whose fields are kept, for one observation and for all.
    static let recordLimit = 200
    static let totalRecordLimit = 5_000

    /// A record that fulfils an observation.
    struct Hit: Sendable {
        /// The number of the record within its artefact.
        var number: Int
        var moment: Timestamp?
        /// The place of its file in `paths`.
        var path: Int
        var location: Location
        /// The fields, if they were kept.
        var record: [NamedValue]
        var values: [String]
        var state: Observable.State
        /// When a short link of the record was asked, if it takes that to fulfil the observation.
        var asked: Timestamp?
    }

    /// Which record was asked last: its number, and the place of its file in `paths`.
    struct Place: Sendable {
        var number: Int
        var path: Int
    }

    private(set) var probe: PatternProbe
    /// The records by the number of their observation, in the order in which they were read.
    private(set) var hits: [Int: [Hit]] = [:]
    private(set) var paths: [String] = []
    /// How many records were not kept.
    private(set) var dropped = 0
    private var recordCount = 0
    private var number = 0

    init(_ probe: PatternProbe) { self.probe = probe }

    mutating func begin(_ path: String) { paths.append(path) }

    var place: Place { Place(number: number, path: max(paths.count - 1, 0)) }

    /// Keeps a record that fulfils observations only with what a short link led to, in the order of the records.
    mutating func insert(
        _ found: [PatternProbe.Agreement], asked: Timestamp, at place: Place, _ location: Location,
        _ moment: Timestamp?,
        _ record: [NamedValue]
    ) {
        for agreement in found {
            var kept = hits[agreement.observation] ?? []
            guard kept.count < PatternHits.limit else {
                dropped += 1
                continue
            }
            let index = kept.firstIndex { $0.number > place.number } ?? kept.count
            kept.insert(
                Hit(
                    number: place.number, moment: moment, path: place.path, location: location, record: record,
                    values: agreement.values, state: agreement.state, asked: asked), at: index)
            hits[agreement.observation] = kept
        }
    }

    /// Takes a value of the record that is being read.
    mutating func take(_ text: String, as observable: Observable) { probe.take(text, as: observable) }

    /// Whether the last record had more values than were looked at.
    var isCut: Bool { probe.isCut }

    /// Asks all observations of the record whose values were taken.
    mutating func agreements() -> [PatternProbe.Agreement] {
        number += 1
        return probe.agreements()
    }

    /// Keeps a record; true if something was not looked at, or not kept for the first time.
    mutating func keep(
        _ found: [PatternProbe.Agreement], _ location: Location, _ moment: Timestamp?, _ record: [NamedValue]
    ) -> Bool {
        var isCut = probe.isCut
        probe.clearCut()
        for agreement in found {
            let count = hits[agreement.observation]?.count ?? 0
            guard count < PatternHits.limit else {
                isCut = isCut || dropped == 0
                dropped += 1
                continue
            }
            var fields: [NamedValue] = []
            if count < PatternHits.recordLimit, recordCount < PatternHits.totalRecordLimit {
                fields = record
                recordCount += 1
            }
            hits[agreement.observation, default: []].append(
                Hit(
                    number: number, moment: moment, path: max(paths.count - 1, 0), location: location, record: fields,
                    values: agreement.values, state: agreement.state))
        }
        return isCut
    }
}
