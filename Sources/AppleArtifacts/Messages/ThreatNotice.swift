/// The texts by which Apple tells people that spyware was aimed at them, as published by those who received them.
enum ThreatNotice {
    /// The openings in lower case and without white space: the older wording, and the newer one.
    private static let openings: [[Unicode.Scalar]] = [
        "ALERT: State-sponsored attackers may be targeting your iPhone",
        "ALERT: Apple detected a targeted mercenary spyware attack against your iPhone",
    ].map { Array($0.lowercased().unicodeScalars.filter { !isBlank($0) }) }

    /// Whether a text begins with one of the openings; case, white space and the form of hyphens do not matter.
    static func opens(_ text: String) -> Bool { openings.contains { begins(text, with: $0) } }

    private static func begins(_ text: String, with opening: [Unicode.Scalar]) -> Bool {
        var position = 0
        for scalar in text.unicodeScalars where !isBlank(scalar) {
            guard folded(scalar) == opening[position] else { return false }
            position += 1
            if position == opening.count { return true }
        }
        return false
    }

    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x41...0x5A: Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value | 0x20))
        // U+2010 hyphen, U+2011 no-break hyphen, U+2012 figure dash, U+2013 en dash
        case 0x2010...0x2013: "-"
        default: scalar
        }
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x7E: false
        // Zero width characters and marks of direction, word joiner, byte order mark, the place of an attachment
        case 0...0x20, 0x7F, 0x200B...0x200F, 0x2060, 0xFEFF, 0xFFFC: true
        default: scalar.properties.isWhitespace
        }
    }
}
