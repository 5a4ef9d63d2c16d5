import Crypto
import FileFormats
import Primitives

/// Objects of STIX from many answers, each version once, as they were sent.
struct ObjectBundle {
    private var text: [UInt8] = []
    private var seen: Set<String> = []

    /// How many objects there are.
    var count: Int { seen.count }
    /// How many bytes they have.
    var size: Int { text.count }

    /// More objects than any collection has.
    static let limit = 5_000_000

    /// Adds the objects of an envelope or bundle; what it says of what follows.
    @discardableResult
    mutating func add(_ bytes: [UInt8], _ thing: String) throws(StoreError) -> (hasMore: Bool, next: String?) {
        do throws(ParseError) {
            return try read(bytes)
        } catch {
            throw StoreError(.data, "\(thing) is not what it should be (\(error))")
        }
    }

    private mutating func read(_ bytes: [UInt8]) throws(ParseError) -> (hasMore: Bool, next: String?) {
        var reader = JSONReader(bytes, depthLimit: 64)
        var hasMore = false
        var next: String?
        guard try reader.enterObject() else { throw ParseError(.malformed, "an envelope of TAXII") }
        while let key = try reader.key() {
            switch key {
            case "more": hasMore = try reader.truth() ?? false
            case "next": next = try reader.string()
            case "objects":
                guard try reader.enterArray() else { continue }
                while try reader.element() { try object(&reader, bytes) }
            default: break
            }
        }
        try reader.end()
        return (hasMore, next)
    }

    private mutating func object(_ reader: inout JSONReader, _ bytes: [UInt8]) throws(ParseError) {
        var start = reader.offset
        while start < bytes.count,
            bytes[start] == 0x20 || bytes[start] == 0x0A || bytes[start] == 0x0D || bytes[start] == 0x09
        {
            start += 1
        }
        var identifier = ""
        var version = ""
        guard try reader.enterObject() else { throw ParseError(.malformed, "an object of STIX", at: start) }
        while let key = try reader.key() {
            if key == "id" { identifier = try reader.string() ?? "" }
            if key == "modified" || (key == "created" && version.isEmpty) { version = try reader.string() ?? "" }
        }
        let content = bytes[start..<reader.offset]
        // What has no version is told apart by its content.
        let key = version.isEmpty ? SHA256.hash(data: content).hexadecimal : version
        guard seen.insert(identifier + " " + key).inserted else { return }
        guard seen.count <= ObjectBundle.limit else {
            throw ParseError(.beyondLimit, "at most \(ObjectBundle.limit) objects")
        }
        if !text.isEmpty { text += Array(",\n".utf8) }
        text += content
    }

    /// All of them as one bundle, whose identifier is made of the address they come from.
    func bytes(for address: String) -> [UInt8] {
        var digits = Array(SHA256.hash(data: Array(address.utf8)).hexadecimal.utf8.prefix(32))
        // Version 8 of RFC 9562: a UUID with a content of one's own.
        digits[12] = UInt8(ascii: "8")
        digits[16] = UInt8(ascii: "8")
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(decoding: digits[$0], as: UTF8.self) }
        return Array("{\"type\":\"bundle\",\"id\":\"bundle--\(parts.joined(separator: "-"))\",\"objects\":[\n".utf8)
            + text + Array("\n]}\n".utf8)
    }
}
