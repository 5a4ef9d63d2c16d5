import Primitives

/// Reads the objects of a typed stream into a table, which keeps what was read before any damage.
///
/// A number is one byte. The lowest 18 of the signed values are no numbers but tags: a longer number, a floating number,
/// something new, nil, and the end of an object. What was written once is written as a reference the second time:
/// types and names count in one table, objects with classes and C strings in another. A reference is a number that
/// counts from the lowest value that is no tag.
struct TypedStreamReader {
    /// What a value is, in the order in which an object lists them; arrays and structures are laid out flat.
    enum Value {
        case nothing
        case integer(Int64)
        case real(Double)
        case bytes(Range<Int>)
        case object(Int)
    }

    /// An entry in the table of what can be referred to.
    struct Entry {
        enum Kind { case object, classDescription, text }
        var kind: Kind
        /// The name of a class, or the bytes of a C string.
        var name: Range<Int> = 0..<0
        /// The class of an object, or the superclass of a class.
        var parent: Int?
        var values: [Value] = []
    }

    private enum Tag {
        static let twoBytes: UInt8 = 0x81
        static let fourBytes: UInt8 = 0x82
        static let floating: UInt8 = 0x83
        static let new: UInt8 = 0x84
        static let none: UInt8 = 0x85
        static let endOfObject: UInt8 = 0x86
        static let all: ClosedRange<UInt8> = 0x80...0x91
        /// The number of the first reference.
        static let firstReference: Int64 = -110
    }

    private static let depthLimit = 64
    /// Values, and letters of types that are read again for each value of an array: in proportion to the stream, because
    /// a type of an array can ask for values that take no bytes.
    private var stepLimit: Int { 10_000 + 16 * bytes.count }

    private var cursor: ByteCursor
    private let isLittleEndian: Bool
    private var strings: [Range<Int>] = []
    private(set) var entries: [Entry] = []
    /// The first archived object.
    private(set) var root: Int?
    private var steps = 0

    var bytes: [UInt8] { cursor.bytes }

    /// Reads the header: the version of the writer, a signature that tells the order of bytes, and the system's version.
    init(_ bytes: [UInt8]) throws(ParseError) {
        cursor = ByteCursor(bytes)
        let version = try cursor.byte("the header of a typed stream")
        let length = try cursor.byte("the header of a typed stream")
        guard length == 11 else { throw ParseError(.malformed, "the header of a typed stream", at: 1) }
        let signature = try cursor.take(11, "the header of a typed stream")
        isLittleEndian = signature.elementsEqual("streamtyped".utf8)
        guard isLittleEndian || signature.elementsEqual("typedstream".utf8) else {
            throw ParseError(.malformed, "the signature of a typed stream", at: 2)
        }
        guard version == 4 else { throw ParseError(.unsupported, "a typed stream of version 4", at: 0) }
        _ = try integer()
    }

    /// Reads groups of values up to the end of the bytes; the first object is the root.
    mutating func readAll() throws(ParseError) {
        while !cursor.isAtEnd {
            var group: [Value] = []
            try readGroup(into: &group, depth: 0)
        }
        guard root != nil else { throw ParseError(.truncated, "an archived object", at: cursor.offset) }
    }

    // MARK: Numbers and shared strings

    private mutating func integer() throws(ParseError) -> Int64 {
        try integer(head: try cursor.byte("a number"))
    }

    private mutating func integer(head: UInt8, isSigned: Bool = true) throws(ParseError) -> Int64 {
        switch head {
        case Tag.twoBytes:
            let number = UInt16(truncatingIfNeeded: try fixed(2))
            return isSigned ? Int64(Int16(bitPattern: number)) : Int64(number)
        case Tag.fourBytes:
            let number = UInt32(truncatingIfNeeded: try fixed(4))
            return isSigned ? Int64(Int32(bitPattern: number)) : Int64(number)
        case Tag.all: throw ParseError(.malformed, "a number", at: cursor.offset - 1)
        default: return isSigned ? Int64(Int8(bitPattern: head)) : Int64(head)
        }
    }

    /// A number of 2, 4 or 8 bytes in the order that the header tells.
    private mutating func fixed(_ count: Int) throws(ParseError) -> UInt64 {
        isLittleEndian
            ? try cursor.littleEndian(bytes: count, "a number of \(count) bytes")
            : try cursor.bigEndian(bytes: count, "a number of \(count) bytes")
    }

    /// The index in a table of `count` entries that a reference names.
    private mutating func reference(head: UInt8, count: Int) throws(ParseError) -> Int {
        let offset = cursor.offset - 1
        let index = try integer(head: head) - Tag.firstReference
        guard index >= 0, index < Int64(count) else {
            throw ParseError(.malformed, "a reference to what was read before", at: offset)
        }
        return Int(index)
    }

    /// A length and as many bytes.
    private mutating func run() throws(ParseError) -> Range<Int> {
        let head = try cursor.byte("a length")
        let count = Int(try integer(head: head, isSigned: false))
        return try cursor.take(count, "as many bytes as announced").indices
    }

    /// A type or name, new or by reference; nothing for nil.
    private mutating func sharedString() throws(ParseError) -> Range<Int>? {
        let head = try cursor.byte("a shared string")
        switch head {
        case Tag.none: return nil
        case Tag.new:
            let range = try run()
            strings.append(range)
            return range
        default: return strings[try reference(head: head, count: strings.count)]
        }
    }

    // MARK: Objects

    /// Reads types, and a value of each.
    private mutating func readGroup(into group: inout [Value], depth: Int) throws(ParseError) {
        let offset = cursor.offset
        guard let types = try sharedString(), !types.isEmpty else {
            throw ParseError(.malformed, "the types of values", at: offset)
        }
        var position = types.lowerBound
        while position < types.upperBound {
            try readValue(at: &position, before: types.upperBound, into: &group, depth: depth)
        }
    }

    /// Reads one value of the type at `position`, and moves that behind the type.
    private mutating func readValue(
        at position: inout Int, before end: Int, into group: inout [Value], depth: Int
    ) throws(ParseError) {
        guard depth < Self.depthLimit else {
            throw ParseError(.beyondLimit, "at most \(Self.depthLimit) levels", at: cursor.offset)
        }
        try charge(1)
        let type = bytes[position]
        position += 1
        switch type {
        case UInt8(ascii: "@"): group.append(try object(depth: depth))
        case UInt8(ascii: "#"): group.append(try classDescription().map { .object($0) } ?? .nothing)
        case UInt8(ascii: "*"): group.append(try text())
        case UInt8(ascii: ":"), UInt8(ascii: "%"): group.append(try sharedString().map { .bytes($0) } ?? .nothing)
        case UInt8(ascii: "+"):
            if try skipNone() { group.append(.nothing) } else { group.append(.bytes(try run())) }
        case UInt8(ascii: "c"): group.append(.integer(Int64(Int8(bitPattern: try cursor.byte("a byte")))))
        case UInt8(ascii: "C"), UInt8(ascii: "B"): group.append(.integer(Int64(try cursor.byte("a byte"))))
        case UInt8(ascii: "s"), UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "q"):
            group.append(.integer(try integer()))
        case UInt8(ascii: "S"), UInt8(ascii: "I"), UInt8(ascii: "L"), UInt8(ascii: "Q"):
            let head = try cursor.byte("a number")
            group.append(.integer(try integer(head: head, isSigned: false)))
        case UInt8(ascii: "f"), UInt8(ascii: "d"): group.append(try floating(isDouble: type == UInt8(ascii: "d")))
        case UInt8(ascii: "["): try readArray(at: &position, before: end, into: &group, depth: depth)
        case UInt8(ascii: "{"): try readStructure(at: &position, before: end, into: &group, depth: depth)
        // A place that is not archived.
        case UInt8(ascii: "!"): group.append(.nothing)
        default: throw ParseError(.unsupported, "a type of value that archives have", at: position - 1)
        }
    }

    /// Keeps the account: a short stream can describe more values than any memory holds.
    private mutating func charge(_ more: Int) throws(ParseError) {
        steps += more
        guard steps <= stepLimit else {
            throw ParseError(.beyondLimit, "at most \(stepLimit) values", at: cursor.offset)
        }
    }

    private mutating func skipNone() throws(ParseError) -> Bool {
        guard cursor.offset < bytes.count, bytes[cursor.offset] == Tag.none else { return false }
        try cursor.skip(1, "nil")
        return true
    }

    /// A floating number, which is stored as a whole one if it has no fraction.
    private mutating func floating(isDouble: Bool) throws(ParseError) -> Value {
        let head = try cursor.byte("a floating number")
        guard head == Tag.floating else { return .real(Double(try integer(head: head))) }
        return isDouble
            ? .real(Double(bitPattern: try fixed(8)))
            : .real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: try fixed(4)))))
    }

    /// `[`, a count, a type, `]`: values of one type; bytes lie together.
    private mutating func readArray(
        at position: inout Int, before end: Int, into group: inout [Value], depth: Int
    ) throws(ParseError) {
        var count = 0
        while position < end, (48...57).contains(bytes[position]) {
            // A count beyond the bytes that are there is refused below, so more digits need not be told apart.
            count = min(count * 10 + Int(bytes[position] - 48), Int(UInt32.max))
            position += 1
        }
        let type = position
        try skipType(at: &position, before: end)
        try charge(position - type)
        guard position < end, bytes[position] == UInt8(ascii: "]") else {
            throw ParseError(.malformed, "the end of an array's type", at: position)
        }
        position += 1
        if bytes[type] == UInt8(ascii: "c") || bytes[type] == UInt8(ascii: "C") {
            group.append(.bytes(try cursor.take(count, "as many bytes as announced").indices))
            return
        }
        for _ in 0..<count {
            var element = type
            try readValue(at: &element, before: end, into: &group, depth: depth + 1)
        }
    }

    /// `{`, a name, `=`, the types of the fields, `}`.
    private mutating func readStructure(
        at position: inout Int, before end: Int, into group: inout [Value], depth: Int
    ) throws(ParseError) {
        let name = position
        while position < end, bytes[position] != UInt8(ascii: "="), bytes[position] != UInt8(ascii: "}") {
            position += 1
        }
        try charge(position - name)
        if position < end, bytes[position] == UInt8(ascii: "=") { position += 1 }
        while position < end, bytes[position] != UInt8(ascii: "}") {
            try readValue(at: &position, before: end, into: &group, depth: depth + 1)
        }
        guard position < end else { throw ParseError(.malformed, "the end of a structure's type", at: position) }
        position += 1
    }

    /// Goes behind one type without reading a value of it. Brackets are counted, not matched: reading matches them.
    private func skipType(at position: inout Int, before end: Int) throws(ParseError) {
        var level = 0
        repeat {
            guard position < end else { throw ParseError(.malformed, "the type of an array's values", at: position) }
            switch bytes[position] {
            case UInt8(ascii: "["), UInt8(ascii: "{"): level += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): level -= 1
            default: break
            }
            position += 1
        } while level > 0
        guard level == 0 else { throw ParseError(.malformed, "the type of an array's values", at: position) }
    }

    /// A C string, which counts among the objects, and whose bytes are a shared string.
    private mutating func text() throws(ParseError) -> Value {
        let head = try cursor.byte("a C string")
        switch head {
        case Tag.none: return .nothing
        case Tag.new:
            let offset = cursor.offset
            guard let range = try sharedString() else {
                throw ParseError(.malformed, "the bytes of a C string", at: offset)
            }
            entries.append(Entry(kind: .text, name: range))
            return .bytes(range)
        default:
            let index = try reference(head: head, count: entries.count)
            guard entries[index].kind == .text else {
                throw ParseError(.malformed, "a reference to a C string", at: cursor.offset)
            }
            return .bytes(entries[index].name)
        }
    }

    /// A class with its superclasses, each after the one below it.
    private mutating func classDescription() throws(ParseError) -> Int? {
        var first: Int?
        var below: Int?
        while true {
            let head = try cursor.byte("a class")
            guard head == Tag.new else {
                guard head != Tag.none else { return first }
                let index = try reference(head: head, count: entries.count)
                // Only what is older than this chain, so that no chain comes back to itself.
                guard entries[index].kind == .classDescription, index < first ?? .max else {
                    throw ParseError(.malformed, "a reference to a class", at: cursor.offset)
                }
                if let below { entries[below].parent = index }
                return first ?? index
            }
            let offset = cursor.offset
            guard let name = try sharedString() else { throw ParseError(.malformed, "the name of a class", at: offset) }
            _ = try integer()
            entries.append(Entry(kind: .classDescription, name: name))
            if let below { entries[below].parent = entries.count - 1 }
            below = entries.count - 1
            first = first ?? below
        }
    }

    private mutating func object(depth: Int) throws(ParseError) -> Value {
        let head = try cursor.byte("an object")
        switch head {
        case Tag.none: return .nothing
        case Tag.new: break
        default:
            let index = try reference(head: head, count: entries.count)
            guard entries[index].kind == .object else {
                throw ParseError(.malformed, "a reference to an object", at: cursor.offset)
            }
            return .object(index)
        }
        // The object has its number before its class and its members have theirs.
        let index = entries.count
        entries.append(Entry(kind: .object))
        if root == nil { root = index }
        entries[index].parent = try classDescription()
        while true {
            guard cursor.offset < bytes.count else {
                throw ParseError(.truncated, "the end of an object", at: cursor.offset)
            }
            if bytes[cursor.offset] == Tag.endOfObject {
                try cursor.skip(1, "the end of an object")
                return .object(index)
            }
            // Group by group, so that damage inside one leaves those before it in the table.
            var group: [Value] = []
            try readGroup(into: &group, depth: depth + 1)
            entries[index].values += group
        }
    }
}
