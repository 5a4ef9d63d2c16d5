/// Reads the columns and constraints of a CREATE TABLE statement from its words.
///
/// Only what decides how a record is read: names, types, defaults, the primary key, generated columns, WITHOUT ROWID.
/// Source: <https://www.sqlite.org/lang_createtable.html>, <https://www.sqlite.org/gencol.html>,
/// <https://www.sqlite.org/withoutrowid.html>
struct TableStatement {
    private let tokens: [SchemaToken]
    private var index = 0
    private(set) var columns: [TableLayout.Column] = []
    /// The positions of generated columns that are not stored.
    private(set) var virtual: Set<Int> = []
    private(set) var primaryKey: [String] = []
    /// Whether a column says `PRIMARY KEY DESC`, which by an old mistake of SQLite makes no alias.
    private(set) var isKeyDescending = false
    private(set) var isWithoutRowIdentifier = false

    init(_ tokens: [SchemaToken]) { self.tokens = tokens }

    private var current: SchemaToken? { index < tokens.count ? tokens[index] : nil }

    private mutating func take(_ keyword: String) -> Bool {
        guard current?.keyword == keyword else { return false }
        index += 1
        return true
    }

    private mutating func take(symbol: Unicode.Scalar) -> Bool {
        guard current?.isSymbol(symbol) == true else { return false }
        index += 1
        return true
    }

    /// Reads it all; false if the statement is something else.
    mutating func read() -> Bool {
        guard take("CREATE") else { return false }
        if !take("TEMP") { _ = take("TEMPORARY") }
        guard take("TABLE") else { return false }
        if take("IF") { index += 2 }
        guard current?.name != nil else { return false }
        index += 1
        if take(symbol: ".") { index += 1 }
        guard take(symbol: "(") else { return false }
        while let token = current {
            switch token.keyword {
            case "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN": readTableConstraint()
            default: guard readColumn() else { return false }
            }
            if take(symbol: ")") { break }
            _ = take(symbol: ",")
        }
        while let token = current {
            if token.keyword == "WITHOUT" { isWithoutRowIdentifier = true }
            index += 1
        }
        return true
    }

    /// Goes behind a parenthesis that closes the one at the current place.
    private mutating func skipParentheses() {
        var depth = 0
        while let token = current {
            if token.isSymbol("(") { depth += 1 }
            if token.isSymbol(")") { depth -= 1 }
            index += 1
            if depth <= 0 { return }
        }
    }

    /// Whether the definition of a column or constraint ends here.
    private var isAtEnd: Bool { current.map { $0.isSymbol(",") || $0.isSymbol(")") } ?? true }

    private mutating func readTableConstraint() {
        while !isAtEnd {
            if current?.keyword == "PRIMARY" {
                readPrimaryKey()
            } else if current?.isSymbol("(") == true {
                skipParentheses()
            } else {
                index += 1
            }
        }
    }

    /// `PRIMARY KEY (a, b COLLATE x DESC)`
    private mutating func readPrimaryKey() {
        index += 1
        guard take("KEY"), take(symbol: "(") else { return }
        while let name = current?.name {
            primaryKey.append(name)
            while !isAtEnd { if current?.isSymbol("(") == true { skipParentheses() } else { index += 1 } }
            guard take(symbol: ",") else { break }
        }
        _ = take(symbol: ")")
    }

    private static let constraints: Set<String> = [
        "CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED",
        "AS",
        "ON", "DEFERRABLE", "INITIALLY",
    ]

    private mutating func readColumn() -> Bool {
        guard let name = current?.name else { return false }
        index += 1
        var column = TableLayout.Column(name: name)
        var types: [String] = []
        while !isAtEnd, let word = current {
            if let keyword = word.keyword, TableStatement.constraints.contains(keyword) { break }
            if word.isSymbol("(") {
                skipParentheses()
                types.append("()")
            } else {
                if let name = word.name { types.append(name) }
                index += 1
            }
        }
        column.declaredType = types.joined(separator: " ")
        while !isAtEnd { readConstraint(of: &column) }
        // A default is converted as if it were stored.
        if case .value(let value) = column.fallback { column.fallback = value.converted(to: column.affinity) }
        columns.append(column)
        return true
    }

    private mutating func readConstraint(of column: inout TableLayout.Column) {
        switch current?.keyword {
        case "PRIMARY":
            index += 1
            guard take("KEY") else { return }
            primaryKey = [column.name]
            if take("DESC") { isKeyDescending = true }
        case "NOT":
            index += 1
            if take("NULL") { column.isNotNull = true }
        case "DEFAULT":
            index += 1
            column.fallback = readDefault()
        case "AS":
            index += 1
            skipParentheses()
            column.isGenerated = true
            if !take("STORED") {
                _ = take("VIRTUAL")
                virtual.insert(columns.count)
            }
        default:
            if current?.isSymbol("(") == true { skipParentheses() } else { index += 1 }
        }
    }

    /// A literal, a signed number, a name that stands for a text, or an expression.
    private mutating func readDefault() -> TableLayout.Default {
        let start = index
        var isEnclosed = false
        if take(symbol: "(") { isEnclosed = true }
        var sign = 1
        if take(symbol: "-") { sign = -1 } else { _ = take(symbol: "+") }
        var value: SQLiteValue?
        switch current {
        case .number(let digits): value = SQLiteValue(number: digits, isNegative: sign < 0)
        case .string(let text) where sign > 0: value = .text(Array(text.utf8))
        case .quoted(let text) where sign > 0 && !isEnclosed: value = .text(Array(text.utf8))
        case .blob(let digits) where sign > 0: value = SQLiteValue(hexadecimal: digits)
        case .word(let word) where sign > 0:
            switch word.uppercased() {
            case "NULL": value = .null
            case "TRUE": value = .integer(1)
            case "FALSE": value = .integer(0)
            case "CURRENT_TIME", "CURRENT_DATE", "CURRENT_TIMESTAMP": value = nil
            default: value = isEnclosed ? nil : .text(Array(word.utf8))
            }
        default: break
        }
        index += 1
        if isEnclosed, !take(symbol: ")") {
            // More than a literal.
            index = start
            skipParentheses()
            return .expression
        }
        return value.map { .value($0) } ?? .expression
    }
}
