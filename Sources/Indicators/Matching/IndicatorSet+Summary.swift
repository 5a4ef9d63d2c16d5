import Primitives

extension IndicatorSet {
    /// Order by content, so that the order in which files were loaded does not show.
    static func precedes(_ left: Indicator, _ right: Indicator) -> Bool {
        if left.kind != right.kind { return order(left.kind) < order(right.kind) }
        if left.value != right.value { return left.value < right.value }
        for (first, second) in zip(texts(left), texts(right)) where first != second { return first < second }
        return false
    }

    private static func order(_ kind: Indicator.Kind) -> Int { orders[kind] ?? 0 }

    private static let orders = Dictionary(
        uniqueKeysWithValues: Indicator.Kind.allCases.enumerated().map { ($0.element, $0.offset) })

    /// Everything that tells two indicators of one kind apart.
    private static func texts(_ indicator: Indicator) -> [String] {
        [
            indicator.value, indicator.family ?? "", indicator.source, indicator.identifier, indicator.reference ?? "",
            indicator.note ?? "", indicator.validFrom?.description ?? "", indicator.validUntil?.description ?? "",
            indicator.isRevoked ? "revoked" : "", indicator.confidence.map { "\($0)" } ?? "",
            indicator.publisher ?? "", indicator.marking ?? "", indicator.licence ?? "",
        ]
    }

    static func tallies(_ indicators: [Indicator]) -> [Tally] {
        struct Group: Hashable {
            let kind: Indicator.Kind
            let family: String?
            let source: String
        }
        var counts: [Group: Int] = [:]
        for indicator in indicators {
            let group = Group(kind: indicator.kind, family: indicator.family, source: indicator.source)
            counts[group, default: 0] += 1
        }
        return counts.map { Tally(kind: $0.key.kind, family: $0.key.family, source: $0.key.source, count: $0.value) }
            .sorted {
                (order($0.kind), $0.family ?? "", $0.source, $0.family == nil ? 0 : 1)
                    < (order($1.kind), $1.family ?? "", $1.source, $1.family == nil ? 0 : 1)
            }
    }

    /// FNV-1a of 64 bits, twice with different starts, over every text and a byte that no text holds.
    static func digest(_ indicators: [Indicator]) -> String {
        var first = ByteTable.seed
        var second = ~ByteTable.seed
        func add(_ text: String) {
            text.withBytes { bytes in
                for byte in bytes {
                    first = ByteTable.hash(first, byte)
                    second = ByteTable.hash(second, byte ^ 0x55)
                }
            }
            first = ByteTable.hash(first, 0xFF)
            second = ByteTable.hash(second, 0xFF)
        }
        for indicator in indicators {
            add(indicator.kind.rawValue)
            for text in texts(indicator) { add(text) }
        }
        return [first, second].flatMap { word in (0..<8).map { UInt8(word >> (56 - 8 * UInt64($0)) & 255) } }
            .hexadecimal
    }
}
