/// A scalar as it is written, and what it reads as by the core schema of YAML 1.2.
///
/// Only a plain scalar reads as anything but text: `"5"` in quotation marks stays text.
///
/// - SeeAlso: <https://yaml.org/spec/1.2.2/#103-core-schema>
public struct YAMLScalar: Sendable, Hashable {
    /// What a scalar reads as.
    public enum Reading: Sendable, Hashable {
        /// `null`, `~`, or nothing at all.
        case null
        /// `true` or `false`.
        case truth(Bool)
        /// A whole number that has 64 bits.
        case integer(Int64)
        /// Any other number.
        case real(Double)
        /// Text.
        case text
    }

    /// The text without quotation marks and escapes.
    public let text: String
    /// Whether it stands without quotation marks and is no block.
    public let isPlain: Bool
    /// What it reads as.
    public let reading: Reading

    /// Reads a scalar.
    public init(_ text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
        reading = isPlain ? YAMLScalar.reading(of: text) : .text
    }

    /// Whether it reads as nothing.
    public var isNull: Bool { reading == .null }

    /// The truth, if it reads as one.
    public var truth: Bool? { if case .truth(let truth) = reading { truth } else { nil } }

    /// The whole number, if it reads as one.
    public var integer: Int64? { if case .integer(let number) = reading { number } else { nil } }

    /// The number, whole or not, if it reads as one.
    public var number: Double? {
        switch reading {
        case .integer(let number): Double(number)
        case .real(let number): number
        case .null, .truth, .text: nil
        }
    }

    /// What it reads as, as a noun phrase.
    public var kind: String {
        switch reading {
        case .null: "nothing"
        case .truth: "true or false"
        case .integer, .real: "a number"
        case .text: "text"
        }
    }

    private static func reading(of text: String) -> Reading {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .truth(true)
        case "false", "False", "FALSE": return .truth(false)
        case ".nan", ".NaN", ".NAN": return .real(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .real(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .real(-.infinity)
        default: break
        }
        let bytes = Array(text.utf8)
        guard bytes.count <= 64, let first = bytes.first,
            isDigit(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ".")
        else { return .text }
        if bytes.count > 2, first == UInt8(ascii: "0") {
            if bytes[1] == UInt8(ascii: "x"), bytes[2...].allSatisfy(isHexadecimal) {
                return Int64(text.dropFirst(2), radix: 16).map(Reading.integer) ?? .text
            }
            if bytes[1] == UInt8(ascii: "o"), bytes[2...].allSatisfy({ (48...55).contains($0) }) {
                return Int64(text.dropFirst(2), radix: 8).map(Reading.integer) ?? .text
            }
        }
        return decimal(bytes, text)
    }

    /// `[-+]?[0-9]+`, or `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
    private static func decimal(_ bytes: [UInt8], _ text: String) -> Reading {
        var index = 0
        func digits() -> Int {
            let start = index
            while index < bytes.count, isDigit(bytes[index]) { index += 1 }
            return index - start
        }
        func sign() {
            if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
                index += 1
            }
        }
        sign()
        let whole = digits()
        if whole > 0, index == bytes.count { return Int64(text).map(Reading.integer) ?? real(text) }
        var fraction = 0
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            fraction = digits()
        }
        guard whole + fraction > 0 else { return .text }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            sign()
            guard digits() > 0 else { return .text }
        }
        return index == bytes.count ? real(text) : .text
    }

    private static func real(_ text: String) -> Reading { Double(text).map(Reading.real) ?? .text }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
