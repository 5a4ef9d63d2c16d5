/// Where the host of a link or bare host stands in its bytes.
struct Authority {
    /// The host, without user information, brackets, port and trailing dots.
    var host: Range<Int>
    /// The first byte behind host and port: where the path, the query or the fragment begins.
    var end: Int
    /// Where the scheme ends (its colon), if there is a scheme.
    var schemeEnd: Int?
    /// The first byte that is not white space.
    var start: Int
    /// The port as it is written, if there is one.
    var port: Range<Int>
    /// Whether the host stood in brackets, as IPv6 addresses do.
    var isBracketed = false
    /// Whether all of the host is ASCII without anything that has to be undone.
    var isPlain = true
    /// Whether there was no scheme.
    var isBare: Bool { schemeEnd == nil }

    /// Finds the host; `nil` for links that have none, such as `mailto:` and `file:`.
    init?(of bytes: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var limit = bytes.count
        while start < limit, bytes[start] <= 0x20 { start += 1 }
        while limit > start, bytes[limit - 1] <= 0x20 { limit -= 1 }
        // blob:https://host/… and the like: the wrapper is taken off, once.
        if let wrapped = Authority.wrapper(bytes, start, limit) { start = wrapped }
        guard start < limit, let (begin, schemeEnd) = Authority.begin(bytes, start, limit) else { return nil }

        var end = begin
        var at: Int?
        var isPlain = true
        scanning: while end < limit {
            switch bytes[end] {
            case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "#"): break scanning
            case UInt8(ascii: "@"):
                at = end
                isPlain = true
            case 0x80..., UInt8(ascii: "%"), 0x09, 0x0A, 0x0D: isPlain = false
            default: break
            }
            end += 1
        }
        let hostStart = at.map { $0 + 1 } ?? begin
        (self.start, self.schemeEnd, self.end, self.isPlain) = (start, schemeEnd, end, isPlain)
        port = end..<end
        if hostStart < end, bytes[hostStart] == UInt8(ascii: "[") {
            guard let close = bytes[hostStart..<end].firstIndex(of: UInt8(ascii: "]")) else { return nil }
            host = hostStart + 1..<close
            isBracketed = true
            if close + 1 < end, bytes[close + 1] == UInt8(ascii: ":") { port = close + 2..<end }
            return
        }
        var hostEnd = end
        if let colon = bytes[hostStart..<end].firstIndex(of: UInt8(ascii: ":")) {
            if schemeEnd == nil, bytes[colon + 1..<end].contains(UInt8(ascii: ":")) {
                self.isPlain = false  // an IPv6 address without brackets
            } else {
                hostEnd = colon
                port = colon + 1..<end
            }
        }
        while hostEnd > hostStart, bytes[hostEnd - 1] == UInt8(ascii: ".") { hostEnd -= 1 }
        host = hostStart..<hostEnd
    }

    /// Where the authority begins, and where the scheme ends if there is one.
    @inline(__always)
    private static func begin(
        _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int
    ) -> (begin: Int, schemeEnd: Int?)? {
        func isSlash(_ index: Int) -> Bool {
            index < limit && (bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: "\\"))
        }
        if isSlash(start) { return isSlash(start + 1) ? (start + 2, nil) : nil }
        var colon = start
        while colon < limit, isScheme(bytes[colon]) { colon += 1 }
        guard colon < limit, bytes[colon] == UInt8(ascii: ":"), colon > start else { return (start, nil) }
        if equals(bytes, start..<colon, "file") { return nil }
        let isWeb = equals(bytes, start..<colon, "http") || equals(bytes, start..<colon, "https")
        if isSlash(colon + 1), isSlash(colon + 2) {
            var begin = colon + 3
            // Browsers step over further slashes in these schemes.
            while isWeb, isSlash(begin) { begin += 1 }
            return (begin, colon)
        }
        if isWeb { return (isSlash(colon + 1) ? colon + 2 : colon + 1, colon) }
        // Not a scheme after all: `host:8443/path`, or an address with several colons, or `user:word@host`.
        var end = colon + 1
        while end < limit, bytes[end] &- 0x30 < 10 { end += 1 }
        if end == limit || (end > colon + 1 && (isSlash(end) || bytes[end] == UInt8(ascii: "?"))) {
            return (start, nil)
        }
        // An IPv6 address may have a zone behind a percent sign.
        let rest = bytes[colon + 1..<limit].prefix { $0 != UInt8(ascii: "%") }
        let isAddress = rest.contains(UInt8(ascii: ":")) && rest.allSatisfy { isAddressCharacter($0) }
        return isAddress ? (start, nil) : nil
    }

    private static func wrapper(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ limit: Int) -> Int? {
        // b, f, v in either case: everything else is no wrapper.
        guard start < limit else { return nil }
        switch bytes[start] | 0x20 {
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "v"): break
        default: return nil
        }
        for word in ["blob", "feed", "filesystem", "view-source"] as [StaticString] {
            let colon = start + word.utf8CodeUnitCount
            if colon < limit, bytes[colon] == UInt8(ascii: ":"), equals(bytes, start..<colon, word) {
                let isScheme = colon + 1 < limit && bytes[colon + 1] == UInt8(ascii: "/")
                return isScheme ? nil : colon + 1
            }
        }
        return nil
    }

    /// Whether the bytes are a word of small letters, in either case.
    static func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where bytes[range.lowerBound + index] | 0x20 != word.utf8Start[index] {
            return false
        }
        return true
    }

    private static func isScheme(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }

    private static func isAddressCharacter(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6 || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }
}
