/// Which columns of which table are wanted, in words that survive a change of schema.
///
/// A column that a release does not have reads as null; a joined table that it does not have takes its columns with it.
public struct TableScan: Sendable {
    /// A table that is looked up for each row of the main one, and may have no row for it.
    public struct Join: Sendable {
        let table: String
        let alias: String
        let column: String
        let reference: String

        /// `Join("handle", as: "h", on: "ROWID", equals: "m.handle_id")`: a column of the joined table, and a
        /// qualified column of a table before it.
        public init(_ table: String, as alias: String, on column: String, equals reference: String) {
            self.table = table
            self.alias = alias
            self.column = column
            self.reference = reference
        }
    }

    let table: String
    let alias: String
    let key: String
    let joins: [Join]
    let columns: [String]
    let filter: String?
    let isRecovering: Bool

    /// Declares a scan.
    ///
    /// `columns` are qualified by an alias ("m.text"); column `n` of the list is column `n` of the row. `key` is the
    /// column of the main table that identifies a row: its `ROWID`, or the name of its INTEGER PRIMARY KEY.
    /// `recovering` asks for rows that were deleted too: they come behind the live ones, and each says what it is in
    /// ``SQLiteRow/recovery``. Whoever compares a row with its neighbours must leave them out.
    public init(
        _ table: String, as alias: String, key: String = "ROWID", joins: [Join] = [], columns: [String],
        where filter: String? = nil, recovering: Bool = false
    ) {
        self.table = table
        self.alias = alias
        self.key = key
        self.joins = joins
        self.columns = columns
        self.filter = filter
        isRecovering = recovering
    }
}
