/// A record whose header was read: where each of its columns lies.
///
/// Source: <https://www.sqlite.org/fileformat2.html#record_format>
struct RecordView {
    /// The number of the row.
    var row: Int64 = 0
    /// Where the payload begins.
    var payload: UnsafeRawPointer
    /// How many columns were looked at; the record may have more.
    private(set) var columnCount = 0
    /// Whether the record has no more columns than were looked at.
    private(set) var isWhole = false
    let types: UnsafeMutablePointer<UInt64>
    let offsets: UnsafeMutablePointer<Int>

    /// Makes room for columns; the owner calls ``deallocate()``.
    init(columns: Int) {
        types = .allocate(capacity: columns + 1)
        offsets = .allocate(capacity: columns + 1)
        payload = UnsafeRawPointer(types)
    }

    func deallocate() {
        types.deallocate()
        offsets.deallocate()
    }

    /// Reads the header as far as the first `limit` columns.
    ///
    /// Returns how many bytes of the payload these columns need: if that is more than `available`, fetch them and ask
    /// again. Nothing if the header contradicts itself or the length of the payload.
    @inline(__always)
    mutating func decode(available: Int, total: Int, limit: Int) -> Int? {
        var at = 0
        columnCount = 0
        isWhole = false
        guard let stored = Varint.read(payload, &at, available), stored <= UInt64(total) else { return nil }
        let header = Int(stored)
        guard header >= at else { return nil }
        if header > available { return header }
        var (body, column) = (header, 0)
        while at < header, column < limit {
            guard let type = Varint.read(payload, &at, header) else { return nil }
            let size = SerialType.size(type)
            guard size <= total - body else { return nil }
            types[column] = type
            offsets[column] = body
            body += size
            column += 1
        }
        // Where the header ends, the columns must end where the payload does.
        if at == header, body != total { return nil }
        columnCount = column
        isWhole = at == header
        return body
    }

    /// Reads the types of columns whose header is not whole; returns where they end, and how long the columns are.
    ///
    /// `first` stands for the type of the first column, if that one is lost.
    mutating func decode(typesAt start: Int, count: Int, first: UInt64?, end: Int) -> (end: Int, body: Int)? {
        var (at, body, column) = (start, 0, 0)
        while column < count {
            let stored = column == 0 && first != nil ? first : Varint.read(payload, &at, end)
            guard let type = stored, type <= Cell.longestPayload * 2 else { return nil }
            types[column] = type
            body += SerialType.size(type)
            guard body <= Int(Cell.longestPayload) else { return nil }
            column += 1
        }
        columnCount = count
        isWhole = true
        return (at, body)
    }

    /// Says where the columns lie, behind a header of this length.
    func place(header: Int) {
        var body = header
        for column in 0..<columnCount {
            offsets[column] = body
            body += SerialType.size(types[column])
        }
    }

    /// The value of a column that was looked at, without a copy.
    @inline(__always)
    func value(_ column: Int) -> StoredValue {
        let type = types[column]
        let start = payload + offsets[column]
        switch type {
        case 0: return .null
        case 1: return .integer(Int64(start.load(as: Int8.self)))
        case 2: return .integer(Int64(Int16(truncatingIfNeeded: start.big16(0))))
        case 3: return .integer(Int64(Int8(bitPattern: start.byte(0))) << 16 | Int64(start.big16(1)))
        case 4: return .integer(Int64(Int32(truncatingIfNeeded: start.big32(0))))
        case 5: return .integer(Int64(Int16(truncatingIfNeeded: start.big16(0))) << 32 | Int64(start.big32(2)))
        case 6: return .integer(Int64(bitPattern: start.big64(0)))
        case 7:
            let number = Double(bitPattern: start.big64(0))
            // SQLite has no NaN: it reads one as nothing.
            return number.isNaN ? .null : .real(number)
        case 8: return .integer(0)
        case 9: return .integer(1)
        case 10, 11: return .null
        default:
            let bytes = UnsafeBufferPointer(
                start: start.assumingMemoryBound(to: UInt8.self), count: SerialType.size(type))
            return type & 1 == 0 ? .blob(bytes) : .text(bytes)
        }
    }
}
