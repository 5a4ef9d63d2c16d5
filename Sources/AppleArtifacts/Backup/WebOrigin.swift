/// Web origins in the names of files and folders that WebKit keeps for a site.
///
/// Storage of a site lies under `https_www.example.com_0`: scheme, host and port joined by `_`, port 0 for the usual
/// one of the scheme, and behind it perhaps the ending of a file. Characters that a file name can't hold are written
/// as `%3A`. Releases of iOS since about 16 name the folders by a salted hash, from which no site can be read.
///
/// - SeeAlso: <https://github.com/WebKit/WebKit/blob/main/Source/WebCore/page/SecurityOriginData.cpp>
enum WebOrigin {
    /// The origins of all components of a path, as links: `https://www.example.com`, `http://example.com:8080`.
    static func origins(in path: String) -> [String] {
        var path = path
        return path.withUTF8 { bytes in
            var found: [String] = []
            var start = 0
            for end in 0...bytes.count where end == bytes.count || bytes[end] == UInt8(ascii: "/") {
                if end - start > 7, bytes[start] == UInt8(ascii: "h"), let origin = origin(bytes[start..<end]) {
                    found.append(origin)
                }
                start = end + 1
            }
            return found
        }
    }

    /// The origin that one name spells, if it has the form.
    private static func origin(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        let scheme: String
        let rest: Slice<UnsafeBufferPointer<UInt8>>
        if name.starts(with: "https_".utf8) {
            (scheme, rest) = ("https://", name.dropFirst(6))
        } else if name.starts(with: "http_".utf8) {
            (scheme, rest) = ("http://", name.dropFirst(5))
        } else {
            return nil
        }
        // A host may hold an underscore itself, so the last one that a port follows counts, as in WebKit.
        for index in rest.indices.reversed() where rest[index] == UInt8(ascii: "_") {
            guard let port = port(rest[(index + 1)...]) else { continue }
            guard let host = host(rest[..<index]) else { return nil }
            return scheme + host + (port == 0 ? "" : ":\(port)")
        }
        return nil
    }

    /// A port of up to five digits, at the end of the name or before an ending that begins with a dot, hyphen or `@`.
    private static func port(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        let digits = text.prefix { (48...57).contains($0) }
        guard (1...5).contains(digits.count) else { return nil }
        if let next = text.dropFirst(digits.count).first, !".-@".utf8.contains(next) { return nil }
        let port = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        return port <= 65_535 ? port : nil
    }

    /// A host: labels with a dot among them, or an address in brackets. A name without a dot is too often no host.
    private static func host(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
        var letters: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "%") {
                guard text.endIndex - index > 2, let high = hexadecimal(text[index + 1]),
                    let low = hexadecimal(text[index + 2])
                else { return nil }
                letters.append(high << 4 | low)
                index += 3
            } else {
                letters.append(text[index])
                index += 1
            }
        }
        guard letters.count <= 253, let first = letters.first, let last = letters.last else { return nil }
        if first == UInt8(ascii: "[") {
            let address = letters.dropFirst().dropLast()
            guard last == UInt8(ascii: "]"), address.contains(UInt8(ascii: ":")),
                address.allSatisfy({ hexadecimal($0) != nil || ":.".utf8.contains($0) })
            else { return nil }
        } else {
            guard first != UInt8(ascii: "."), letters.contains(UInt8(ascii: ".")), letters.allSatisfy(isLabelLetter)
            else { return nil }
        }
        return String(decoding: letters, as: UTF8.self)
    }

    private static func isLabelLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
