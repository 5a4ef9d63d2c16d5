/// Text in small letters, as rules compare it.
enum TextFolding {
    /// Writes text in small letters over `bytes`; ASCII without any detour.
    static func fold(_ text: String, into bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        var text = text
        let isASCII = text.withUTF8 { utf8 in
            bytes.reserveCapacity(utf8.count)
            var all: UInt8 = 0
            for byte in utf8 {
                all |= byte
                bytes.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
            }
            return all < 0x80
        }
        guard !isASCII else { return }
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: text.lowercased().utf8)
    }

    /// Text in small letters as bytes.
    static func folded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        fold(text, into: &bytes)
        return bytes
    }
}
