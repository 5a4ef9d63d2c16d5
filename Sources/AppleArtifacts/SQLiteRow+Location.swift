import ArtifactModel
import FileFormats

extension SQLiteRow {
    /// Where the row stands: in its table if it is live, in what is left of it if it was recovered.
    func location(_ key: Int64, table: String) -> Location {
        recovery.map { .recovered($0, table: table) } ?? .row(key, table: table)
    }
}
