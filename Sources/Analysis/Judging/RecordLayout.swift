import ArtifactModel
import Primitives

/// What the writing of records needs to know of their fields, worked out once for an artefact.
struct RecordLayout: Sendable {
    /// What a field is to the rest of the house, without the type of its record.
    struct Field {
        var name: String
        var role: Role
        var isShown: Bool
    }

    /// The roles of a field, as far as they matter here.
    enum Role {
        case written
        case compared(Observable)
        case moment(heading: String)
    }

    /// A column: plain numbers only, so that looking at one costs nothing.
    struct Column: Sendable {
        enum Use: Sendable {
            case written
            case compared(Observable)
            case moment(heading: Int)
        }

        var start: Int
        var end: Int
        var use: Use
    }

    /// The columns, in the order of the fields.
    private(set) var columns: [Column] = []
    /// The names, one for each column.
    private(set) var names: [String] = []
    /// The words of each moment field as a CSV cell.
    private(set) var headings: [[UInt8]] = []
    /// The columns that a timeline shows.
    private(set) var shown: [Int] = []
    /// The names as they stand in a record, `"name":`, one behind the other.
    private var text: [UInt8] = []

    init(_ fields: [Field]) {
        for (index, field) in fields.enumerated() {
            var use = Column.Use.written
            switch field.role {
            case .written: break
            case .compared(let observable): use = .compared(observable)
            case .moment(let heading):
                var cell = TextBuffer()
                cell.append(cell: heading)
                use = .moment(heading: headings.count)
                headings.append(cell.bytes)
            }
            let start = text.count
            text += Array("\"\(field.name)\":".utf8)
            columns.append(Column(start: start, end: text.count, use: use))
            names.append(field.name)
            if field.isShown { shown.append(index) }
        }
    }

    /// Appends the name of a column with its quotation marks and colon.
    func writeName(_ index: Int, to line: inout TextBuffer) {
        let column = columns[index]
        text.withUnsafeBufferPointer { line.bytes.append(contentsOf: $0[column.start..<column.end]) }
    }
}

extension Field.Role {
    /// The role without the type of the record.
    var erased: RecordLayout.Role {
        switch self {
        case .plain, .content: .written
        case .observable(let observable): .compared(observable)
        case .moment(let heading): .moment(heading: heading)
        }
    }
}
