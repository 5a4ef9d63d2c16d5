import ArtifactModel
import FileFormats
import Primitives

extension EvidenceFile {
    /// Opens the file as a SQLite database with its write-ahead log, and notes what is damaged about the whole of it.
    func database(noting sink: inout some RecordSink) throws -> SQLiteDatabase {
        var log: (any ByteSource)?
        do {
            log = try openWriteAheadLog()
        } catch {
            sink.note(error)
        }
        let database = try SQLiteDatabase(open(), writeAheadLog: log)
        for damage in database.damage { sink.note(damage) }
        return database
    }

    /// The name of the Safari profile whose folder the file lies in (iOS 17 and later).
    var safariProfile: String? {
        let parts = devicePath.split(separator: "/")
        guard let index = parts.firstIndex(of: "Profiles"), index + 2 < parts.count else { return nil }
        return String(parts[index + 1])
    }
}
