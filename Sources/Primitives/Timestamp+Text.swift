extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with microseconds: `2021-11-03T07:12:09.000000Z`.
    public var description: String {
        var text = TextBuffer()
        text.append(self)
        return text.string
    }

    /// Year, month, day, hour, minute, second in UTC.
    ///
    /// Days are counted in eras of 400 years that begin on 1 March, so that the leap day is the last day of a year.
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013.
    public var civil: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, microsecond: Int) {
        let day = floorDivide(microseconds, 86_400_000_000)
        let inDay = Int(microseconds - day * 86_400_000_000)
        let shifted = Int(day) + 719_468  // days since 0000-03-01
        let era = shifted / 146_097  // never negative: the earliest moment is in era 0
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1,
            inDay / 3_600_000_000, inDay / 60_000_000 % 60, inDay / 1_000_000 % 60, inDay % 1_000_000
        )
    }

    /// A moment from its date and time in UTC, if they exist in the calendar.
    public init?(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0)
    {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...60).contains(second), (0...999_999).contains(microsecond)
        else { return nil }
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        let seconds = Int64(days) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        self.init(microseconds: seconds * 1_000_000 + Int64(microsecond))
        guard second == 60 || (civil.month == month && civil.day == day) else { return nil }
    }

    /// Reads RFC 3339: `2021-11-03T07:12:09Z`, with a fraction, with an offset, with a space for the `T`.
    ///
    /// Without an offset the time is taken as UTC.
    public init?(rfc3339 text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let moment = bytes.withUnsafeBufferPointer { Timestamp(rfc3339: $0) }
        guard let moment else { return nil }
        self = moment
    }

    /// The same from ASCII bytes.
    public init?(rfc3339 bytes: UnsafeBufferPointer<UInt8>) {
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count else { return nil }
            var sum = 0
            for index in range {
                guard (48...57).contains(bytes[index]) else { return nil }
                sum = sum * 10 + Int(bytes[index] - 48)
            }
            return sum
        }
        guard bytes.count >= 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        var position = 19
        var fraction = 0
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            var scale = 100_000
            while position < bytes.count, (48...57).contains(bytes[position]) {
                fraction += Int(bytes[position] - 48) * scale
                scale /= 10
                position += 1
            }
        }
        var offset: Int64 = 0
        if position < bytes.count, bytes[position] != UInt8(ascii: "Z"), bytes[position] != UInt8(ascii: "z") {
            let sign: Int64 = bytes[position] == UInt8(ascii: "-") ? -1 : 1
            guard bytes[position] == UInt8(ascii: "+") || sign == -1, let hours = number(position + 1..<position + 3)
            else { return nil }
            let colon = position + 3 < bytes.count && bytes[position + 3] == UInt8(ascii: ":") ? 1 : 0
            guard let minutes = number(position + 3 + colon..<position + 5 + colon) else { return nil }
            offset = sign * Int64(hours * 3_600 + minutes * 60)
        }
        guard
            let local = Timestamp(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: fraction)
        else { return nil }
        self.init(microseconds: local.microseconds - offset * 1_000_000)
    }
}

/// Division that rounds towards minus infinity, so that moments before 1970 fall on the right day.
private func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
}
