/// A telephone number in the international form of ITU-T E.164: a plus sign and 7 to 15 digits.
///
/// Two records name the same person only if their numbers are written the same way, and people write them in many.
/// Source: <https://www.itu.int/rec/T-REC-E.164>.
public struct TelephoneNumber: Sendable, Hashable {
    /// `+256700000100`
    public let text: String
    /// ISO 3166-1 region of the country code, if the code is assigned to one: `UG`.
    public let region: String?
    /// Whether the number was written without a country, and that of the device's owner was taken for it.
    public let isCountryAssumed: Bool

    /// Reads a number as people, messengers and networks write it.
    ///
    /// `home` is the region of the device's owner, for numbers without a country. Short codes, sender names and
    /// anything with letters are no telephone numbers.
    public init?(_ written: some StringProtocol, home: String? = nil) {
        var digits = ""
        var hasPlus = false
        for scalar in written.unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case "+", "\u{FF0B}":
                guard digits.isEmpty, !hasPlus else { return nil }
                hasPlus = true
            // Spaces, hyphens, dots, brackets, and the marks of direction that address books put around numbers.
            case " ", "-", ".", "(", ")", "/", "\u{A0}", "\u{202A}"..."\u{202E}", "\u{2010}"..."\u{2015}", "\u{2011}",
                "\u{200E}", "\u{200F}", "\u{2066}"..."\u{2069}":
                continue
            default:
                // Digits of other scripts.
                guard let value = scalar.properties.numericType == .decimal ? scalar.properties.numericValue : nil
                else { return nil }
                digits += String(Int(value))
            }
            guard digits.count <= 20 else { return nil }
        }
        let isInternational: Bool
        if hasPlus {
            isInternational = true
        } else if digits.hasPrefix("00") {
            digits.removeFirst(2)
            isInternational = true
        } else if digits.hasPrefix("011"), home.flatMap(CallingCodes.code) == "1" {
            digits.removeFirst(3)
            isInternational = true
        } else {
            isInternational = false
        }
        if !isInternational {
            guard let home, let code = CallingCodes.code(of: home), digits.count >= 7,
                let national = TelephoneNumber.national(digits, home, code)
            else { return nil }
            digits = code + national
        }
        guard (7...15).contains(digits.count), digits.first != "0" else { return nil }
        text = "+" + digits
        region = CallingCodes.region(of: digits[...])
        isCountryAssumed = !isInternational
    }

    /// A national number without the digit that is dialled before it in its own country.
    private static func national(_ digits: String, _ home: String, _ code: String) -> String? {
        if code == "1" {
            if digits.count == 11, digits.hasPrefix("1") { return String(digits.dropFirst()) }
            return digits.count == 10 ? digits : nil
        }
        if code == "7" { return digits.count == 11 && digits.hasPrefix("8") ? String(digits.dropFirst()) : nil }
        if home == "HU" { return digits.hasPrefix("06") ? String(digits.dropFirst(2)) : nil }
        if CallingCodes.withoutTrunkPrefix.contains(home) { return digits }
        return digits.hasPrefix("0") ? String(digits.dropFirst()) : nil
    }
}
