import FileFormats
import Primitives

/// A relation of Core Data between many rows and many others: which rows of one table belong to a row of another.
///
/// Core Data numbers its entities and writes the numbers into the names of the table and its columns
/// (`Z_2INTERACTIONRECIPIENT.Z_3INTERACTIONRECIPIENT`), so both differ between releases: they are found by what
/// stands behind the number.
struct CoreDataRelation {
    private var targets: [Int64: [Int64]] = [:]

    /// Entities of the largest models that were seen; the number in a name is not larger.
    private static let entityLimit = 64

    /// Reads the relation; without its table there are no pairs.
    init(
        _ name: String, from source: String, to target: String, in database: SQLiteDatabase, note: (ParseError) -> Void
    ) throws {
        for entity in 1...Self.entityLimit {
            let table = "Z_\(entity)\(name)"
            let columns = try database.columns(of: table)
            guard !columns.isEmpty else { continue }
            guard let from = Self.column(source, in: columns), let to = Self.column(target, in: columns) else {
                note(ParseError(.malformed, "columns of a relation", in: "a table named \(name)"))
                continue
            }
            let scan = TableScan(table, as: "r", columns: ["r.\(from)", "r.\(to)"])
            try database.scan(scan, note: note) { _, row in
                guard let from = row.integer(0), let to = row.integer(1) else { return }
                targets[from, default: []].append(to)
            }
            return
        }
    }

    /// The rows that belong to a row, in the order of the table.
    func targets(of row: Int64) -> [Int64] { targets[row] ?? [] }

    private static func column(_ name: String, in columns: Set<String>) -> String? {
        (1...entityLimit).lazy.map { "z_\($0)\(name.lowercased())" }.first { columns.contains($0) }
    }
}
