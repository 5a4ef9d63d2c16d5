/// Which columns of a table a reading wants, and where each of its values comes from.
///
/// A final class because it owns memory that rows point into.
final class TableColumns {
    /// Where the value of a wanted column comes from.
    struct Slot {
        enum Source {
            /// A column of the record.
            case stored
            /// The number of the row.
            case row
            /// Nowhere: the schema has no such column, or it is computed.
            case nowhere
        }

        var source: Source
        var index = 0
        /// Whether whole numbers stand for reals: SQLite stores 5.0 as 5 to save room.
        var isReal = false
        /// What a record says that ends before this column.
        var fallback = StoredValue.null
    }

    let slots: UnsafeMutablePointer<Slot>
    let count: Int
    /// How many columns of a record must be looked at.
    private(set) var limit = 0
    /// Whether every value that is wanted can be told without computing.
    private(set) var isComplete = true
    private var owned: [UnsafeMutableBufferPointer<UInt8>] = []

    /// `names` are in lower case; `rowid` and its other names stand for the number of the row.
    init(_ names: [String], of layout: TableLayout, encoding: DatabaseHeader.Encoding) {
        count = names.count
        slots = .allocate(capacity: names.count + 1)
        slots.initialize(repeating: Slot(source: .nowhere), count: names.count + 1)
        for (index, name) in names.enumerated() {
            guard let position = layout.position(of: name) else {
                if ["rowid", "oid", "_rowid_"].contains(name), !layout.isWithoutRowIdentifier {
                    slots[index].source = .row
                }
                continue
            }
            let column = layout.columns[position]
            if layout.alias == position {
                slots[index].source = .row
            } else if let stored = column.stored {
                slots[index] = Slot(source: .stored, index: stored, isReal: column.affinity == .real)
                slots[index].fallback = fallback(of: column, encoding)
                limit = max(limit, stored + 1)
            } else {
                isComplete = false
            }
        }
    }

    deinit {
        slots.deallocate()
        for memory in owned { memory.deallocate() }
    }

    private func fallback(of column: TableLayout.Column, _ encoding: DatabaseHeader.Encoding) -> StoredValue {
        func keep(_ bytes: [UInt8]) -> UnsafeBufferPointer<UInt8> {
            let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count, 1))
            _ = memory.initialize(from: bytes)
            owned.append(memory)
            return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(memory)[..<bytes.count])
        }
        switch column.fallback {
        case .expression:
            isComplete = false
            return .null
        case .value(.null): return .null
        case .value(.integer(let number)): return .integer(number)
        case .value(.real(let number)): return .real(number)
        case .value(.text(let bytes)): return .text(keep(encoding.encoded(String(decoding: bytes, as: UTF8.self))))
        case .value(.blob(let bytes)): return .blob(keep(bytes))
        }
    }
}

/// A row that lies in a page: the record, and which of its columns are wanted.
struct RecordRow {
    var view: RecordView
    let slots: UnsafeMutablePointer<TableColumns.Slot>
    let count: Int
    let encoding: DatabaseHeader.Encoding

    /// The value of a wanted column; nothing for a number that no column has.
    @inline(__always)
    func value(_ column: Int) -> StoredValue {
        guard column >= 0, column < count else { return .null }
        let slot = slots + column
        switch slot.pointee.source {
        case .stored:
            let index = slot.pointee.index
            guard index < view.columnCount else { return slot.pointee.fallback }
            let value = view.value(index)
            if slot.pointee.isReal, case .integer(let number) = value { return .real(Double(number)) }
            return value
        case .row: return .integer(view.row)
        case .nowhere: return .null
        }
    }
}
