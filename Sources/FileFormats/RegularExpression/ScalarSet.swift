/// A set of Unicode scalars as ranges in order, for the classes of an expression.
struct ScalarSet: Hashable, Sendable {
    /// Scalars as numbers; surrogates may lie inside and never occur.
    struct Range: Hashable, Sendable {
        var lower: UInt32
        var upper: UInt32
    }

    static let last: UInt32 = 0x10_FFFF

    /// In order, without overlaps, and with a gap between any two.
    private(set) var ranges: [Range] = []

    init() {}

    init(_ ranges: (UInt32, UInt32)...) { self.init(ranges.map { Range(lower: $0.0, upper: $0.1) }) }

    init(_ unordered: [Range]) {
        for range in unordered.sorted(by: { $0.lower < $1.lower }) where range.lower <= range.upper {
            if let end = ranges.last?.upper, range.lower <= end &+ 1 {
                ranges[ranges.count - 1].upper = max(end, range.upper)
            } else {
                ranges.append(range)
            }
        }
    }

    static let all = ScalarSet((0, last))
    static let lineFeed = ScalarSet((10, 10))
    static let digits = ScalarSet((0x30, 0x39))
    static let word = ScalarSet((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
    static let space = ScalarSet((9, 13), (32, 32))
    /// `\h` of PCRE.
    static let horizontalSpace = ScalarSet(
        (9, 9), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x180E, 0x180E), (0x2000, 0x200A), (0x202F, 0x202F),
        (0x205F, 0x205F), (0x3000, 0x3000))
    /// `\v` of PCRE.
    static let verticalSpace = ScalarSet((10, 13), (0x85, 0x85), (0x2028, 0x2029))

    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

    var inverted: ScalarSet {
        var gaps: [Range] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lower > next { gaps.append(Range(lower: next, upper: range.lower - 1)) }
            next = range.upper + 1
        }
        if next <= ScalarSet.last { gaps.append(Range(lower: next, upper: ScalarSet.last)) }
        return ScalarSet(gaps)
    }

    func contains(_ scalar: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upper < scalar { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lower <= scalar
    }

    // MARK: - Upper and lower case

    /// The blocks that hold letters with case; the rest is not looked at.
    private static let cased = [
        Range(lower: 0x41, upper: 0x58F), Range(lower: 0x10A0, upper: 0x10FF), Range(lower: 0x13A0, upper: 0x13FF),
        Range(lower: 0x1C80, upper: 0x1CBF), Range(lower: 0x1D79, upper: 0x1D8E), Range(lower: 0x1E00, upper: 0x1FFF),
        Range(lower: 0x2126, upper: 0x2132), Range(lower: 0x2160, upper: 0x2184), Range(lower: 0x24B6, upper: 0x24E9),
        Range(lower: 0x2C00, upper: 0x2D2D), Range(lower: 0xA640, upper: 0xA7FF), Range(lower: 0xAB53, upper: 0xABBF),
        Range(lower: 0xFF21, upper: 0xFF5A), Range(lower: 0x10400, upper: 0x104FF),
        Range(lower: 0x10C80, upper: 0x10CFF),
    ]

    /// Scalars that are letters of one another beyond their simple mappings: long s, Kelvin, Ångström, final sigma, mu.
    private static let related: [[UInt32]] = [
        [0x53, 0x73, 0x17F], [0x4B, 0x6B, 0x212A], [0xC5, 0xE5, 0x212B], [0x3A3, 0x3C3, 0x3C2], [0xB5, 0x3BC, 0x39C],
    ]

    /// The set with the other case of every letter; counts the letters that it looked at.
    func ignoringCase(_ work: inout Int) -> ScalarSet {
        var more = ranges
        for range in ranges {
            for block in ScalarSet.cased where block.lower <= range.upper && range.lower <= block.upper {
                let (lower, upper) = (max(block.lower, range.lower), min(block.upper, range.upper))
                // A whole block holds both cases already.
                if lower == block.lower, upper == block.upper { continue }
                for value in lower...upper {
                    work += 1
                    guard let scalar = Unicode.Scalar(value) else { continue }
                    for other in ScalarSet.otherCases(scalar) { more.append(Range(lower: other, upper: other)) }
                }
            }
        }
        for family in ScalarSet.related where family.contains(where: contains) {
            for scalar in family { more.append(Range(lower: scalar, upper: scalar)) }
        }
        return ScalarSet(more)
    }

    private static func otherCases(_ scalar: Unicode.Scalar) -> [UInt32] {
        let value = scalar.value
        if value < 0x80 {
            let isLetter = (value | 0x20) &- 0x61 < 26
            return isLetter ? [value ^ 0x20] : []
        }
        var cases: [UInt32] = []
        for mapped in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
            let scalars = mapped.unicodeScalars
            guard let first = scalars.first, scalars.count == 1, first != scalar else { continue }
            cases.append(first.value)
        }
        return cases
    }
}
