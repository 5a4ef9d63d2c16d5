public import Primitives

/// Names, serial number and dates of a certificate (X.509, RFC 5280); signatures and keys are passed over.
public struct Certificate: Sendable, Hashable {
    /// Common name and organisation of whom it is for, in the order of the certificate.
    public private(set) var subject: [String] = []
    /// Common name and organisation of who signed it.
    public private(set) var issuer: [String] = []
    /// The serial number in hexadecimal digits.
    public private(set) var serial = ""
    /// The first moment that it is valid.
    public private(set) var validFrom: Timestamp?
    /// The last moment that it is valid.
    public private(set) var validUntil: Timestamp?
    /// Whether whom it is for signed it, by their names.
    public private(set) var isSelfIssued = false

    /// Reads a certificate in the Distinguished Encoding Rules.
    public init(_ bytes: [UInt8]) throws(ParseError) {
        var outer = DERReader(bytes)
        var whole = DERReader(bytes, in: try outer.next(0x30, "a certificate").content)
        var body = DERReader(bytes, in: try whole.next(0x30, "the body of a certificate").content)
        var element = try body.next()
        // The version is optional, and in a context-specific tag.
        if element?.tag == 0xA0 { element = try body.next() }
        guard let number = element, number.tag == 0x02 else {
            throw ParseError(.malformed, "the serial number of a certificate")
        }
        serial = bytes[number.content].hexadecimal
        _ = try body.next(0x30, "the algorithm of a signature")
        let issued = try body.next(0x30, "the name of the issuer").content
        let dates = try body.next(0x30, "the dates of a certificate").content
        let named = try body.next(0x30, "the name of the subject").content
        issuer = try Certificate.names(bytes, in: issued)
        subject = try Certificate.names(bytes, in: named)
        isSelfIssued = bytes[issued] == bytes[named]
        var moments = DERReader(bytes, in: dates)
        validFrom = try moments.next().flatMap { Certificate.moment(bytes, $0) }
        validUntil = try moments.next().flatMap { Certificate.moment(bytes, $0) }
    }

    /// The common name (2.5.4.3) and organisation (2.5.4.10) of a name: a list of sets of pairs.
    private static func names(_ bytes: [UInt8], in range: Range<Int>) throws(ParseError) -> [String] {
        var names: [String] = []
        var sets = DERReader(bytes, in: range)
        while let set = try sets.next() {
            var pairs = DERReader(bytes, in: set.content)
            while let pair = try pairs.next() {
                var parts = DERReader(bytes, in: pair.content)
                guard let type = try parts.next(), let value = try parts.next(), type.tag == 0x06 else { continue }
                let identifier = Array(bytes[type.content])
                guard identifier == [0x55, 0x04, 0x03] || identifier == [0x55, 0x04, 0x0A] else { continue }
                names.append(text(bytes, value))
            }
        }
        return names
    }

    private static func text(_ bytes: [UInt8], _ element: DERReader.Element) -> String {
        let content = bytes[element.content]
        guard element.tag == 0x1E else { return String(decoding: content, as: UTF8.self) }
        // A BMPString: UTF-16, most significant byte first.
        var units: [UInt16] = []
        var index = content.startIndex
        while index + 1 < content.endIndex {
            units.append(UInt16(content[index]) << 8 | UInt16(content[index + 1]))
            index += 2
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// `YYMMDDhhmmssZ`, years 1950 to 2049, or `YYYYMMDDhhmmssZ` (RFC 5280, section 4.1.2.5).
    private static func moment(_ bytes: [UInt8], _ element: DERReader.Element) -> Timestamp? {
        let digits = Array(bytes[element.content].prefix { (48...57).contains($0) }).map { Int($0) - 48 }
        let start: Int
        switch (element.tag, digits.count) {
        case (0x17, 12): start = 2
        case (0x18, 14): start = 4
        default: return nil
        }
        let number = { (index: Int) in digits[index] * 10 + digits[index + 1] }
        let year = start == 4 ? number(0) * 100 + number(2) : number(0) + (number(0) < 50 ? 2000 : 1900)
        return Timestamp(
            year: year, month: number(start), day: number(start + 2), hour: number(start + 4),
            minute: number(start + 6), second: number(start + 8))
    }
}
