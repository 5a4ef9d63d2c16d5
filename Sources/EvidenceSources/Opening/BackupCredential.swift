/// What opens an encrypted backup.
public enum BackupCredential: Sendable {
    /// Nothing; enough for a backup that is not encrypted.
    case none
    /// A closure that gives the password; called only when the backup turns out to be encrypted.
    case password(@Sendable () throws -> String)
    /// A key that was derived earlier.
    case key(BackupKey)
}

/// The key that the backup password is stretched into: 32 bytes that open the key bag of one backup.
///
/// Whoever has it can read the backup, so a file with it is written with mode 0600.
public struct BackupKey: Sendable, Hashable {
    /// The bytes.
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the content of a key file: 64 hexadecimal digits, and line ends behind them.
    public init?(hexadecimal text: String) {
        var digits = Array(text.utf8)
        while let last = digits.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { digits.removeLast() }
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = Hexadecimal.value(of: digits[index]), let low = Hexadecimal.value(of: digits[index + 1])
            else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    /// The content of a key file: 64 lower-case hexadecimal digits.
    public var hexadecimal: String { Hexadecimal.text(bytes) }
}
