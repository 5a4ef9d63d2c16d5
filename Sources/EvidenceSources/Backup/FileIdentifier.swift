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

    /// The 20 bytes.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in text.utf8 {
            let value = Hexadecimal.value(of: digit) ?? 0
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }
}
