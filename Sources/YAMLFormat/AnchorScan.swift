/// Looks for bytes that may begin an anchor, without reading the structure.
enum AnchorScan {
    /// Whether any `&` stands where an anchor can begin.
    ///
    /// Sound and not exact: a token never begins right behind a letter or a digit, so `R&D` is none; `"a &b"` in
    /// quotation marks is answered with yes, which costs a second look and nothing else.
    static func mayHoldAnchor(_ text: String) -> Bool {
        var before: UInt8 = 0x0A
        for byte in text.utf8 {
            if byte == UInt8(ascii: "&"), !isWord(before) { return true }
            before = byte
        }
        return false
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
