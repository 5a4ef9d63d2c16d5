/// The forms in which texts other than hosts and links are compared, for indicators and evidence alike.
enum ComparableText {
    /// The number of bytes that iOS keeps of a process name where it cuts names (`MAXCOMLEN` in XNU's `sys/param.h`).
    static let processNameLimit = 16

    /// White space taken off both ends.
    static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var (start, end) = (0, bytes.count)
        while start < end, bytes[start] <= 0x20 { start += 1 }
        while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// An identifier: ASCII letters in lower case, braces taken off.
    static func identifier(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var text = trimmed(bytes)
        if text.count >= 2, text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") {
            text = trimmed(UnsafeBufferPointer(rebasing: text[1..<text.count - 1]))
        }
        return text.map(lower)
    }

    /// A hash: hexadecimal digits in lower case without colons, spaces and hyphens; `nil` if anything else is there.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard bytes.count <= 512 else { return nil }
        var digits: [UInt8] = []
        for byte in bytes {
            switch lower(byte) {
            case 0x30...0x39, 0x61...0x66: digits.append(lower(byte))
            case UInt8(ascii: ":"), UInt8(ascii: "-"), 0x20: continue
            default: return nil
            }
        }
        return digits.isEmpty ? nil : digits
    }

    /// An e-mail address: the part in angle brackets if there is one, no `mailto:`, no quotation marks around it, ASCII
    /// letters in lower case; `nil` if there is no `@`.
    static func emailAddress(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard bytes.contains(UInt8(ascii: "@")) else { return nil }
        var text = trimmed(bytes)
        if text.last == UInt8(ascii: ">"), let open = text.lastIndex(of: UInt8(ascii: "<")) {
            text = UnsafeBufferPointer(rebasing: text[open + 1..<text.count - 1])
        }
        // Quotation marks around it, straight or single.
        while let first = text.first, let last = text.last, text.count >= 2, first == last,
            first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
        {
            text = trimmed(UnsafeBufferPointer(rebasing: text[1..<text.count - 1]))
        }
        text = trimmed(text)
        if text.count > 7, Authority.equals(text, 0..<6, "mailto"), text[6] == UInt8(ascii: ":") {
            text = UnsafeBufferPointer(rebasing: text[7..<(text.firstIndex(of: UInt8(ascii: "?")) ?? text.count)])
        }
        let address = trimmed(text).map(lower)
        // A host in another script is written in either of two ways.
        guard !address.allSatisfy({ $0 < 0x80 }) || address.last == UInt8(ascii: "."),
            let at = address.lastIndex(of: UInt8(ascii: "@"))
        else { return address }
        let host = address[(at + 1)...].withUnsafeBufferPointer { bytes in
            HostName.normalise(bytes) { host, _, _ in Array(host) }
        }
        return address[...at] + (host ?? Array(address[(at + 1)...]))
    }
}
