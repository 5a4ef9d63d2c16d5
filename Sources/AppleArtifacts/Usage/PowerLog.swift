import ArtifactModel
import FileFormats
import Primitives

/// Where the power log and its archives lie, and how their times are read.
///
/// The log counts seconds from 1970-01-01T00:00:00Z by a clock that runs evenly and is off. How far it is off is written
/// down now and then in `PLStorageOperator_EventForward_TimeOffset`: what `system` says is added. The entry that holds
/// is the last one at or before a time, and the first one for what is older than all of them.
struct PowerLog {
    /// The log, and the archives of earlier days.
    static let places: [Place] = {
        let folders = [
            "/private/var/containers/Shared/SystemGroup/*/Library/BatteryLife/",
            "/private/var/mobile/Library/BatteryLife/",
        ]
        let names = [
            "CurrentPowerlog.PLSQL", "Archives/*.PLSQL.gz", "Archives/*.PLSQL", "*.PLSQL.gz", "powerlog_*.PLSQL",
        ]
        return folders.flatMap { folder in names.map { Place.device(folder + $0) } }
    }()

    /// An archive does not become larger than this when it is unpacked.
    private static let unpackedLimit = 1 << 30
    private static let offsetLimit = 100_000

    let database: SQLiteDatabase
    private var offsets: [(time: Double, system: Double)] = []

    /// Opens the log, unpacking it where it lies if it is packed.
    init(_ file: EvidenceFile, noting sink: inout some RecordSink) throws {
        if file.name.hasSuffix(".gz") {
            let source = InflatedSource(gzip: try file.open())
            try Self.readToEnd(source, noting: &sink)
            database = try SQLiteDatabase(source)
            for damage in database.damage { sink.note(damage) }
        } else {
            database = try file.database(noting: &sink)
        }
        let scan = TableScan(
            "PLStorageOperator_EventForward_TimeOffset", as: "t", key: "ID", columns: ["t.timestamp", "t.system"])
        do {
            var found: [(time: Double, system: Double)] = []
            try database.scan(scan, note: { sink.note($0) }) { _, row in
                guard let time = row.real(0), let system = row.real(1), found.count < Self.offsetLimit else { return }
                found.append((time, system))
            }
            offsets = found.sorted { ($0.time, $0.system) < ($1.time, $1.system) }
        } catch let error as ParseError {
            sink.note(error)
        }
    }

    /// The moment of a stored time, and what was added to it in seconds.
    func moment(_ stored: Double?) -> Timestamp? {
        guard let stored, stored != 0 else { return nil }
        return Timestamp(unixSeconds: stored + offset(at: stored))
    }

    private func offset(at stored: Double) -> Double {
        var (low, high) = (0, offsets.count)
        while low < high {
            let middle = low + (high - low) / 2
            if offsets[middle].time <= stored { low = middle + 1 } else { high = middle }
        }
        return offsets.isEmpty ? 0 : offsets[max(0, low - 1)].system
    }

    /// A packed file knows its size only when its end was seen.
    private static func readToEnd(_ source: InflatedSource, noting sink: inout some RecordSink) throws {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { piece.deallocate() }
        var offset = 0
        do throws(ParseError) {
            while source.end == nil {
                let count = try source.read(at: offset, into: piece)
                guard count > 0 else { return }
                offset += count
                guard offset <= unpackedLimit else {
                    throw ParseError(.beyondLimit, "at most \(unpackedLimit) bytes of an unpacked log", at: offset)
                }
            }
        } catch {
            // What was unpacked before the damage is read; a limit ends the file.
            guard error.kind != .beyondLimit else { throw error }
            sink.note(error)
        }
    }

    /// What every artefact made of the log says about its losses.
    static let losses = [
        "Times are corrected by the offsets that the log records; without them they may be minutes or hours off",
        "The log covers some days, its archives some more", "Backups do not hold it",
    ]

    /// Descriptions of the log and its clock.
    static let references = [
        Reference(
            "Sarah Edwards", "APOLLO: Apple Pattern of Life Lazy Output'er", link: "https://github.com/mac4n6/APOLLO"),
        Reference("Ian Whiffin", "Powerlog", date: "2025", link: "https://doubleblak.com/blogPost.php?k=powerlog"),
    ]
}
