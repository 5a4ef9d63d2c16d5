import Primitives

/// What the schema says of a table: its columns, and where in a record each of them stands.
struct TableLayout {
    /// How SQLite converts what is stored in a column. Source: <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>
    enum Affinity {
        case text
        case numeric
        case integer
        case real
        case blob

        /// The affinity of a declared type: the first rule that fits counts.
        init(_ declared: String) {
            let type = declared.uppercased()
            if type.contains("INT") {
                self = .integer
            } else if type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT") {
                self = .text
            } else if type.isEmpty || type.contains("BLOB") {
                self = .blob
            } else if type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB") {
                self = .real
            } else {
                self = .numeric
            }
        }
    }

    /// What a record that ends before a column says of it: ALTER TABLE does not touch the rows that are there.
    enum Default: Equatable {
        case value(SQLiteValue)
        /// Something that must be computed, which this reading does not do.
        case expression
    }

    /// A column.
    struct Column {
        var name: String
        var declaredType = ""
        var affinity: Affinity { Affinity(declaredType) }
        /// Its place in a record; nothing for a virtual generated column, which is not stored.
        var stored: Int?
        var isNotNull = false
        var fallback = Default.value(.null)
        /// Whether it is worked out from others, stored or not.
        var isGenerated = false
    }

    let name: String
    /// The page at which its b-tree begins.
    let root: Int
    var columns: [Column]
    /// The column that is another name of the number of a row.
    var alias: Int?
    /// Whether the rows stand in an index, in the order of the primary key, and have no number.
    var isWithoutRowIdentifier: Bool
    /// How many columns a record has.
    var storedCount: Int

    /// The position of a column by its name in lower case.
    func position(of name: String) -> Int? { columns.firstIndex { $0.name.lowercased() == name } }

    /// Reads a CREATE TABLE statement; nothing if it is none, or none that this reading understands.
    init?(name: String, root: Int, statement: [UInt8]) {
        // A column takes at least two bytes of text; SQLite itself ends at two thousand columns.
        guard statement.count <= 1 << 20 else { return nil }
        var parser = TableStatement(SchemaToken.tokens(of: statement))
        guard parser.read(), !parser.columns.isEmpty, parser.columns.count <= 32_767 else { return nil }
        self.name = name
        self.root = root
        columns = parser.columns
        isWithoutRowIdentifier = parser.isWithoutRowIdentifier
        alias = nil
        storedCount = 0
        let keys = parser.primaryKey.compactMap { key in columns.firstIndex { $0.name.lowercased() == key.lowercased() }
        }
        if isWithoutRowIdentifier {
            // The columns of the primary key come first, each once, then the others in their order.
            guard !keys.isEmpty, keys.count == parser.primaryKey.count else { return nil }
            for column in keys where columns[column].stored == nil { place(column) }
        } else if keys.count == 1, parser.primaryKey.count == 1, !parser.isKeyDescending,
            columns[keys[0]].declaredType.uppercased() == "INTEGER"
        {
            // Spelled exactly like this, and only like this, it is the number of the row (lang_createtable, section 5).
            alias = keys[0]
        }
        for column in columns.indices where columns[column].stored == nil && !parser.virtual.contains(column) {
            place(column)
        }
    }

    /// The list of tables itself, which has no statement. Source: fileformat2, section 2.6.
    init(schemaNamed name: String) {
        self.name = name
        root = 1
        columns = ["type", "name", "tbl_name"].map { Column(name: $0, declaredType: "TEXT") }
        columns += [Column(name: "rootpage", declaredType: "INT"), Column(name: "sql", declaredType: "TEXT")]
        isWithoutRowIdentifier = false
        alias = nil
        storedCount = 0
        for column in columns.indices { place(column) }
    }

    private mutating func place(_ column: Int) {
        columns[column].stored = storedCount
        storedCount += 1
    }
}
