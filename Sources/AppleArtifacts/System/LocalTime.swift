import Primitives

/// Dates in text logs that were written by the clock on the wall, without saying how far that is from UTC.
///
/// Such a time is no moment, and must not be mixed with moments: it stays text, `2021-08-11T05:51:02`, without a letter
/// behind it.
enum LocalTime {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Wed Aug 11 05:51:02 2021`, the form of `asctime`; the day may have a space before it.
    static func written(likeAsctime words: [Substring]) -> String? {
        guard words.count == 5, let month = months.firstIndex(where: { $0 == words[1] }), let day = number(words[2]),
            let year = number(words[4])
        else { return nil }
        return text(year: year, month: month + 1, day: day, clock: words[3])
    }

    /// `10/13/21 07:57:42.865446`: month, day and the last two digits of a year of this century.
    static func written(withSlashes date: Substring, _ clock: Substring) -> String? {
        let parts = date.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let month = number(parts[0]), let day = number(parts[1]), let year = number(parts[2]),
            year < 100
        else { return nil }
        return text(year: 2_000 + year, month: month, day: day, clock: clock)
    }

    /// The date in the order of RFC 3339, if it is one of the calendar.
    private static func text(year: Int, month: Int, day: Int, clock: Substring) -> String? {
        let halves = clock.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = (halves.first ?? "").split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = number(parts[0]), let minute = number(parts[1]),
            let second = number(parts[2]),
            let moment = Timestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        let whole = moment.description.prefix(19)
        guard halves.count == 2 else { return String(whole) }
        guard (1...9).contains(halves[1].utf8.count), halves[1].utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        return whole + "." + halves[1]
    }

    private static func number(_ text: Substring) -> Int? {
        guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
