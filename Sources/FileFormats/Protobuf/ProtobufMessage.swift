public import Primitives

/// A message of Protocol Buffers, read without its schema: numbers of fields and what stands behind them.
///
/// A message is a row of fields. Each begins with a variable-length number: the number of the field, and in the lowest
/// three bits the wire type that says how long the value is. Messages inside are bytes like any other; whoever knows the
/// schema asks for them, so nothing nests here and nothing is guessed.
///
/// - SeeAlso: <https://protobuf.dev/programming-guides/encoding/>
public struct ProtobufMessage: Sendable {
    /// A value as it is stored; what it means is for the schema to say.
    public enum Value: Sendable, Hashable {
        /// A number of variable length: whole numbers, truths, enumerations.
        case varint(UInt64)
        /// Eight bytes, least significant first: `double`, `fixed64`.
        case fixed64(UInt64)
        /// Four bytes, least significant first: `float`, `fixed32`.
        case fixed32(UInt32)
        /// Bytes with their number before them: texts, data, messages.
        case bytes(ArraySlice<UInt8>)
    }

    /// A value with the number of its field.
    public struct Field: Sendable, Hashable {
        /// The number that the schema gives the field, 1 to 536,870,911.
        public var number: Int
        /// The value.
        public var value: Value
    }

    /// The fields in the order in which they are stored.
    public private(set) var fields: [Field] = []
    /// Why the reading ended before the last byte, if it did; the fields before that are there.
    public private(set) var damage: ParseError?

    /// More fields than any honest message has.
    private static let fieldLimit = 100_000

    /// Reads the fields of a message up to the first that is damaged.
    public init(parsing bytes: ArraySlice<UInt8>) {
        var position = bytes.startIndex
        do throws(ParseError) {
            while position < bytes.endIndex {
                guard fields.count < ProtobufMessage.fieldLimit else {
                    throw ParseError(.beyondLimit, "at most \(ProtobufMessage.fieldLimit) fields", at: position)
                }
                fields.append(try ProtobufMessage.field(bytes, &position))
            }
        } catch {
            damage = error
        }
    }

    /// Reads the fields of a message.
    public init(parsing bytes: [UInt8]) { self.init(parsing: bytes[...]) }

    /// The value of a field; of several the last, as the format demands.
    public subscript(number: Int) -> Value? { fields.last { $0.number == number }?.value }

    /// The values of a repeated field, in the order in which they are stored.
    public func all(_ number: Int) -> [Value] { fields.filter { $0.number == number }.map(\.value) }

    /// The message inside a field, if there is one.
    public func message(_ number: Int) -> ProtobufMessage? { self[number]?.message }

    private static func field(_ bytes: ArraySlice<UInt8>, _ position: inout Int) throws(ParseError) -> Field {
        let start = position
        let tag = try varint(bytes, &position)
        guard (1...0x1FFF_FFFF).contains(tag >> 3) else {
            throw ParseError(.malformed, "the number of a field", at: start)
        }
        let number = Int(tag >> 3)
        switch tag & 7 {
        case 0: return Field(number: number, value: .varint(try varint(bytes, &position)))
        case 1: return Field(number: number, value: .fixed64(try fixed(8, bytes, &position)))
        case 2:
            let length = try varint(bytes, &position)
            guard length <= UInt64(bytes.endIndex - position) else {
                throw ParseError(.truncated, "the bytes of a field", at: position)
            }
            defer { position += Int(length) }
            return Field(number: number, value: .bytes(bytes[position..<position + Int(length)]))
        case 5:
            return Field(number: number, value: .fixed32(UInt32(truncatingIfNeeded: try fixed(4, bytes, &position))))
        // 3 and 4 were groups, which no writer of this century makes; 6 and 7 never were anything.
        default: throw ParseError(.malformed, "a wire type in use", at: start)
        }
    }

    /// Seven bits a byte, the lowest first; ten bytes at most.
    private static func varint(_ bytes: ArraySlice<UInt8>, _ position: inout Int) throws(ParseError) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < bytes.endIndex else { throw ParseError(.truncated, "a number", at: position) }
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        throw ParseError(.malformed, "a number of at most ten bytes", at: position)
    }

    private static func fixed(
        _ count: Int, _ bytes: ArraySlice<UInt8>, _ position: inout Int
    ) throws(ParseError) -> UInt64 {
        guard count <= bytes.endIndex - position else {
            throw ParseError(.truncated, "a number of \(count) bytes", at: position)
        }
        defer { position += count }
        return bytes[position..<position + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension ProtobufMessage.Value {
    /// A whole number of any width, as `int64` and its relatives store it.
    public var integer: Int64? {
        switch self {
        case .varint(let number), .fixed64(let number): Int64(bitPattern: number)
        case .fixed32(let number): Int64(number)
        case .bytes: nil
        }
    }

    /// A number with a fraction: `double` or `float`.
    public var real: Double? {
        switch self {
        case .fixed64(let bits): Double(bitPattern: bits)
        case .fixed32(let bits): Double(Float(bitPattern: bits))
        case .varint, .bytes: nil
        }
    }

    /// Text; invalid UTF-8 is repaired with U+FFFD.
    public var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    /// Bytes.
    public var bytes: ArraySlice<UInt8>? { if case .bytes(let bytes) = self { bytes } else { nil } }

    /// The message that the bytes are, if the schema says that they are one.
    public var message: ProtobufMessage? { bytes.map { ProtobufMessage(parsing: $0) } }
}
