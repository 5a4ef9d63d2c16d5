/// Names that look like those of spyware's servers and are nobody's; the same for the same number.
enum SyntheticNames {
    /// A number of 64 bits without a pattern.
    static func mixed(_ number: Int) -> UInt64 {
        var state = UInt64(truncatingIfNeeded: number) &+ 0x9E37_79B9_7F4A_7C15
        state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
        return state ^ state >> 31
    }

    /// Sixteen hexadecimal digits.
    static func digits(_ number: Int) -> String {
        let hex = String(mixed(number), radix: 16)
        return String(repeating: "0", count: 16 - hex.count) + hex
    }

    /// Letters and digits.
    static func word(_ number: Int) -> String { String(mixed(number) % 4_738_381_338_321_616_896, radix: 36) }

    /// A domain of five to twelve characters and its number, under one of four suffixes.
    static func domain(_ number: Int) -> String {
        word(number).prefix(5 + number % 8)
            + ["-\(number).example", "\(number).com", "-\(number).co.uk", "\(number).net"][number % 4]
    }
}
