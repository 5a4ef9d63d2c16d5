import ArtifactModel
import FileFormats
import Primitives

/// A record of `records/ARTIFACT.jsonl`, read back.
struct StoredRecord {
    /// Every member but the source, in the order of the file.
    private(set) var members: [NamedValue] = []
    /// The values of the layout's fields, by their places; absent where the record has none.
    private(set) var values: [Value]
    private(set) var path = ""
    private(set) var location: Location = .offset(0)

    /// Reads a line; throws if it is not what a check writes.
    init(_ line: [UInt8], _ layout: StoredLayout) throws(ParseError) {
        values = [Value](repeating: .absent, count: layout.fields.count)
        var reader = JSONReader(line, depthLimit: 128)
        var hasSource = false
        guard try reader.enterObject() else { throw ParseError(.malformed, "a record") }
        while let name = try reader.key() {
            guard name != "source" else {
                let (path, location) = Location.read(try reader.value())
                guard let path, let location else { throw ParseError(.malformed, "the source of a record") }
                (self.path, self.location) = (path, location)
                hasSource = true
                continue
            }
            let place = layout.places[name]
            let value = StoredRecord.typed(
                try Value(stored: &reader).asMember, place.map { layout.fields[$0].form } ?? .other)
            members.append(NamedValue(name, value))
            if let place { values[place] = value }
        }
        try reader.end()
        guard hasSource else { throw ParseError(.malformed, "a record with its source") }
    }

    /// The value that was written: a moment and bytes are text in JSON.
    private static func typed(_ value: Value, _ form: StoredLayout.Form) -> Value {
        guard case .text(let text) = value else { return value }
        switch form {
        case .moment: return Timestamp(rfc3339: text).map { .moment($0) } ?? value
        case .bytes: return bytes(base64: text).map { .bytes($0) } ?? value
        case .other: return value
        }
    }

    /// The bytes of a text in Base64 (RFC 4648, section 4), or nothing if it is none.
    private static func bytes(base64 text: String) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count / 4 * 3)
        for start in stride(from: 0, to: letters.count, by: 4) {
            var group: UInt32 = 0
            var padding = 0
            for letter in letters[start..<start + 4] {
                let value: UInt32
                switch letter {
                case 0x41...0x5A where padding == 0: value = UInt32(letter) - 0x41
                case 0x61...0x7A where padding == 0: value = UInt32(letter) - 0x61 + 26
                case 0x30...0x39 where padding == 0: value = UInt32(letter) - 0x30 + 52
                case UInt8(ascii: "+") where padding == 0: value = 62
                case UInt8(ascii: "/") where padding == 0: value = 63
                case UInt8(ascii: "="):
                    padding += 1
                    value = 0
                default: return nil
                }
                group = group << 6 | value
            }
            guard padding <= 2, padding == 0 || start + 4 == letters.count else { return nil }
            let decoded = [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)]
            bytes.append(contentsOf: decoded.dropLast(padding))
        }
        return bytes
    }
}
