public import Primitives

/// A binary property list in place: header and trailer are read once, objects when they are asked for.
///
/// A file is a header, the objects, a table of where each object begins, and a trailer of 32 bytes that says how wide
/// the numbers in the table and in references are. Objects name each other by their row in the table, the object number
/// of all functions here. Nothing is believed before it is compared with the bytes that are there: a number that leads
/// nowhere gives `nil`.
///
/// Source: Apple's published `CFBinaryPList.c`,
/// <https://github.com/apple-oss-distributions/CF/blob/CF-1153.18/CFBinaryPList.c>.
public struct BinaryPropertyList: Sendable {
    /// The whole file.
    let bytes: [UInt8]
    /// Where the table of offsets begins; the objects lie before it.
    let offsetTable: Int
    /// Bytes per row of the table, 1 to 8.
    let offsetSize: Int
    /// Bytes per reference to an object, 1 to 8.
    let referenceSize: Int
    /// How many objects the file lists.
    public let objectCount: Int
    /// The number of the outermost object.
    public let root: Int

    /// The first bytes of every binary property list; two digits of a version follow.
    static let magic = Array("bplist".utf8)

    /// Reads header and trailer.
    public init(parsing bytes: [UInt8]) throws(ParseError) {
        guard bytes.starts(with: BinaryPropertyList.magic) else {
            throw ParseError(.malformed, "the header of a binary property list", at: 0)
        }
        guard bytes.count > 40 else { throw ParseError(.truncated, "a trailer of 32 bytes", at: bytes.count) }
        // Versions 00 and 01 are written and read alike; 15 to 17 are another format under the same name.
        guard bytes[6] == UInt8(ascii: "0"), bytes[7] == UInt8(ascii: "0") || bytes[7] == UInt8(ascii: "1") else {
            throw ParseError(.unsupported, "a binary property list of version 00", at: 6)
        }
        let trailer = bytes.count - 32
        let offsetSize = Int(bytes[trailer + 6])
        let referenceSize = Int(bytes[trailer + 7])
        guard (1...8).contains(offsetSize), (1...8).contains(referenceSize) else {
            throw ParseError(.malformed, "numbers of 1 to 8 bytes", at: trailer + 6)
        }
        let objectCount = BinaryPropertyList.number(in: bytes, at: trailer + 8, size: 8)
        let root = BinaryPropertyList.number(in: bytes, at: trailer + 16, size: 8)
        let table = BinaryPropertyList.number(in: bytes, at: trailer + 24, size: 8)
        guard table >= 9, table < UInt64(trailer) else {
            throw ParseError(.malformed, "a table of offsets before the trailer", at: trailer + 24)
        }
        guard objectCount > 0, objectCount <= (UInt64(trailer) - table) / UInt64(offsetSize) else {
            throw ParseError(.malformed, "as many offsets as objects", at: trailer + 8)
        }
        guard root < objectCount else {
            throw ParseError(.malformed, "an outermost object in the table", at: trailer + 16)
        }
        self.bytes = bytes
        self.offsetTable = Int(table)
        self.offsetSize = offsetSize
        self.referenceSize = referenceSize
        self.objectCount = Int(objectCount)
        self.root = Int(root)
    }

    /// An unsigned number, most significant byte first; the caller has checked that the bytes are there.
    @inline(__always)
    static func number(in bytes: [UInt8], at position: Int, size: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in position..<position + size { number = number << 8 | UInt64(bytes[index]) }
        return number
    }

    /// An unsigned number, most significant byte first; the caller has checked that the bytes are there.
    @inline(__always)
    func number(at position: Int, size: Int) -> UInt64 {
        BinaryPropertyList.number(in: bytes, at: position, size: size)
    }
}

// MARK: Objects

extension BinaryPropertyList {
    /// What an object is, from its marker: the kind, how much it holds, and where that begins.
    struct Shape {
        /// The upper half of the marker.
        var kind: UInt8
        /// Bytes of a number or data, letters of a text, values of a list, pairs of a dictionary; of a constant, which.
        var count: Int
        /// The first byte behind marker and count.
        var start: Int
    }

    /// Where an object begins.
    @inline(__always)
    func offset(of object: Int) -> Int? {
        guard object >= 0, object < objectCount else { return nil }
        let offset = number(at: offsetTable + object * offsetSize, size: offsetSize)
        return offset >= 8 && offset < UInt64(offsetTable) ? Int(offset) : nil
    }

    /// The shape of an object all of whose bytes lie before the table.
    @inline(__always)
    func shape(of object: Int) -> Shape? {
        guard let offset = offset(of: object) else { return nil }
        let marker = bytes[offset]
        let low = Int(marker & 0x0F)
        var shape = Shape(kind: marker >> 4, count: low, start: offset + 1)
        let unit: Int
        switch shape.kind {
        case 0x0: return shape
        case 0x1: shape.count = low <= 4 ? 1 << low : Int.max
        case 0x2: shape.count = low == 2 || low == 3 ? 1 << low : Int.max
        case 0x3: shape.count = low == 3 ? 8 : Int.max
        case 0x8: shape.count = low + 1
        default: break
        }
        switch shape.kind {
        case 0x1, 0x2, 0x3, 0x8: return shape.count <= offsetTable - shape.start ? shape : nil
        case 0x4, 0x5: unit = 1
        case 0x6: unit = 2
        case 0xA, 0xB, 0xC: unit = referenceSize
        case 0xD: unit = 2 * referenceSize
        default: return nil
        }
        if low == 0x0F {
            // The count did not fit in the marker: an integer object holds it.
            guard shape.start < offsetTable, bytes[shape.start] & 0xF0 == 0x10 else { return nil }
            let width = 1 << Int(bytes[shape.start] & 0x0F)
            shape.start += 1
            guard width <= 8, width <= offsetTable - shape.start else { return nil }
            guard let count = Int(exactly: number(at: shape.start, size: width)) else { return nil }
            shape.count = count
            shape.start += width
        }
        return shape.count <= (offsetTable - shape.start) / unit ? shape : nil
    }

    /// The object number in a row of references that begins at `start`.
    @inline(__always)
    func reference(_ index: Int, from start: Int) -> Int {
        // A number beyond Int is beyond every table, and -1 is too.
        Int(
            truncatingIfNeeded: min(
                number(at: start + index * referenceSize, size: referenceSize), UInt64(Int.max)))
    }

    /// A whole number, if it fits 64 bits: a number of 1, 2 or 4 bytes has no sign, one of 8 or 16 has.
    func integer(_ shape: Shape) -> Int64? {
        guard shape.count == 16 else { return Int64(bitPattern: number(at: shape.start, size: shape.count)) }
        let high = number(at: shape.start, size: 8)
        let low = Int64(bitPattern: number(at: shape.start + 8, size: 8))
        return high == (low < 0 ? UInt64.max : 0) ? low : nil
    }

    func real(_ shape: Shape) -> Double {
        let pattern = number(at: shape.start, size: shape.count)
        return shape.count == 4
            ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern))) : Double(bitPattern: pattern)
    }

    /// Seconds since 2001-01-01T00:00:00Z; zero is that moment, for a property list has other ways to say "not set".
    func moment(_ shape: Shape) -> Timestamp? { Timestamp(unixSeconds: real(shape) + 978_307_200) }

    func text(_ shape: Shape) -> String {
        if shape.kind == 0x5 {
            return String(decoding: bytes[shape.start..<shape.start + shape.count], as: UTF8.self)
        }
        let units = (0..<shape.count).map {
            UInt16(bytes[shape.start + 2 * $0]) << 8 | UInt16(bytes[shape.start + 2 * $0 + 1])
        }
        return String(decoding: units, as: UTF16.self)
    }
}
