import Primitives

extension Int {
    /// The number with its thousands apart: `2,887`, in any locale.
    var grouped: String {
        let digits = Array(String(magnitude))
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// "1 record", "2,000 records".
    func of(_ singular: String, _ plural: String) -> String { grouped + " " + (self == 1 ? singular : plural) }
}

extension Timestamp {
    /// `2021-11-03 07:12:09 UTC`: to the second, for reading; the exact moment stands beside it where it matters.
    var words: String {
        let exact = description
        return exact.prefix(10) + " " + exact.dropFirst(11).prefix(8) + " UTC"
    }

    /// `2021-11-03`
    var day: String { String(description.prefix(10)) }
}

extension [String] {
    /// "a", "a and b", "a, b and c".
    var enumerated: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
