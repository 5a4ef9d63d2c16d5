import Primitives

extension CompiledIndicators {
    /// Puts an indicator together from the numbers of its parts.
    func indicator(_ number: Int) -> Indicator? {
        guard number >= 0, number < entries.count else { return nil }
        let entry = entries[number]
        let index = Int(entry.publication)
        guard Int(entry.kind) < Indicator.Kind.ordered.count, index < publications.count else { return nil }
        let publication = publications[index]
        let value = String(decoding: value(of: entry), as: UTF8.self)
        return Indicator(
            Indicator.Kind.ordered[Int(entry.kind)], value, family: text(publication.family),
            source: text(publication.source) ?? "", reference: text(publication.reference),
            note: entry.flags & Layout.Entry.noteIsValue != 0 ? value : text(entry.note),
            identifier: identifier(of: entry), validFrom: CompiledIndicators.moment(entry.validFrom),
            validUntil: CompiledIndicators.moment(entry.validUntil),
            isRevoked: entry.flags & Layout.Entry.isRevoked != 0,
            confidence: entry.confidence < 0 ? nil : Int(entry.confidence), publisher: text(publication.publisher),
            marking: text(publication.marking), licence: text(publication.licence))
    }

    private func identifier(of entry: Layout.Entry) -> String {
        guard entry.flags & Layout.Entry.hasUUID != 0 else {
            return text(UInt32(truncatingIfNeeded: entry.identifierLow)) ?? ""
        }
        return CompactIdentifier.text(entry.identifierHigh, entry.identifierLow)
    }

    private static func moment(_ microseconds: Int64) -> Timestamp? {
        microseconds == Layout.Entry.noMoment ? nil : Timestamp(microseconds: microseconds)
    }
}

/// `indicator--` and a UUID in small letters, in 16 bytes; other identifiers are kept as they are.
enum CompactIdentifier {
    private static let prefix = Array("indicator--".utf8)

    /// The UUID, if the identifier is written in that way.
    static func number(_ identifier: UnsafeBufferPointer<UInt8>) -> (high: UInt64, low: UInt64)? {
        guard identifier.count == prefix.count + 36, identifier.starts(with: prefix) else { return nil }
        var (high, low) = (UInt64(0), UInt64(0))
        for index in 0..<36 {
            let byte = identifier[prefix.count + index]
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x61...0x66: digit = byte - 0x57
            default: return nil
            }
            high = high << 4 | low >> 60
            low = low << 4 | UInt64(digit)
        }
        return (high, low)
    }

    /// The identifier again.
    static func text(_ high: UInt64, _ low: UInt64) -> String {
        var bytes = prefix
        for index in 0..<32 {
            if index == 8 || index == 12 || index == 16 || index == 20 { bytes.append(UInt8(ascii: "-")) }
            let word = index < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (index % 16)) & 15)
            bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
