/// What records of a table look like: how many columns, and what kinds of values in each.
///
/// Taken from the schema, and widened by what live rows hold: SQLite lets any column hold anything.
struct RecordShape {
    private var classes: [SerialType.Classes]
    private var counts: Set<Int>
    private let alias: Int?
    private let leastCount: Int

    init(_ layout: TableLayout) {
        var classes = [SerialType.Classes](repeating: .all, count: layout.storedCount)
        var least = 0
        for (position, column) in layout.columns.enumerated() {
            guard let stored = column.stored else { continue }
            var allowed: SerialType.Classes =
                switch column.affinity {
                case .text: [.null, .text, .blob]
                case .integer, .real: [.null, .integer, .real]
                case .numeric: [.null, .integer, .real, .text]
                case .blob: column.declaredType.isEmpty ? .all : [.null, .text, .blob]
                }
            if column.isNotNull { allowed.remove(.null) }
            // The number of a row stands before the record; in the record it is null.
            if position == layout.alias { allowed = .null }
            classes[stored] = allowed
            // A column that may be missing was added later, and so may be null or has a default.
            if position == layout.alias || (column.isNotNull && column.fallback == .value(.null)) { least = stored + 1 }
        }
        self.classes = classes
        alias = layout.alias.flatMap { layout.columns[$0].stored }
        counts = [layout.storedCount]
        leastCount = max(least, (layout.storedCount + 1) / 2, 1)
    }

    /// How many columns a record has at least.
    var fewest: Int { min(leastCount, counts.min() ?? leastCount) }
    var most: Int { classes.count }

    /// The numbers of columns that live rows have.
    var knownCounts: [Int] { counts.sorted(by: >) }

    func isKnown(count: Int) -> Bool { counts.contains(count) }

    func isAlias(_ column: Int) -> Bool { column == alias }

    func allowed(_ column: Int) -> SerialType.Classes { classes[column] }

    /// Takes a live row into account.
    @inline(__always)
    mutating func learn(_ view: RecordView) {
        for column in 0..<min(view.columnCount, classes.count) {
            classes[column].formUnion(SerialType.classes(view.types[column]))
        }
        if view.columnCount != classes.count { counts.insert(view.columnCount) }
    }

    /// Whether a record could be of this table.
    func fits(_ view: RecordView) -> Bool {
        let count = view.columnCount
        guard count <= classes.count, counts.contains(count) || count >= leastCount else { return false }
        var holdsSomething = false
        for column in 0..<count {
            let kind = SerialType.classes(view.types[column])
            guard !kind.isEmpty, classes[column].isSuperset(of: kind) else { return false }
            if kind != .null { holdsSomething = true }
        }
        return holdsSomething
    }
}
