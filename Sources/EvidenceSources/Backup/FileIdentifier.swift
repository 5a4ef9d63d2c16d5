import Crypto

/// The name under which a backup stores a file: SHA-1 of `domain-relativePath`, 40 lower-case hexadecimal digits.
///
/// Nothing else is accepted, so a manifest can't name a file outside of the backup.
struct FileIdentifier: Sendable, Hashable {
    /// The 40 digits.
    let text: String

    /// Accepts exactly 40 lower-case hexadecimal digits.
    init?(_ text: String) {
        guard text.utf8.count == 40,
            text.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.text = text
    }

    private init(trusted text: String) { self.text = text }

    /// The identifier that a device gives a file.
    static func of(domain: String, relativePath: String) -> FileIdentifier {
        FileIdentifier(
            trusted: Hexadecimal.text(Insecure.SHA1.hash(data: Array((domain + "-" + relativePath).utf8))))
    }

    /// The sub-folder that the file lies in.
    var folder: String { String(text.prefix(2)) }

    /// The 20 bytes as numbers.
    var packed: Packed {
        var text = text
        return text.withUTF8 { digits in
            func number(_ range: Range<Int>) -> UInt64 {
                digits[range].reduce(0) { $0 << 4 | UInt64($1 < 58 ? $1 &- 48 : $1 &- 87) }
            }
            return Packed(
                high: number(0..<16), middle: number(16..<32), low: UInt32(truncatingIfNeeded: number(32..<40)))
        }
    }

    /// An identifier in 20 bytes, for inventories of hundreds of thousands.
    struct Packed: Sendable, Hashable, Comparable {
        var high: UInt64
        var middle: UInt64
        var low: UInt32

        static func < (left: Packed, right: Packed) -> Bool {
            if left.high != right.high { return left.high < right.high }
            if left.middle != right.middle { return left.middle < right.middle }
            return left.low < right.low
        }
    }
}
