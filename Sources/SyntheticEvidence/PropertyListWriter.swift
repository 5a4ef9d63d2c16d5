public import FileFormats
import Primitives

/// Writes property lists, binary and XML, with the members of dictionaries in byte order, so that bytes repeat.
///
/// Source of the binary form: the comments of CFBinaryPList.c
/// (https://github.com/apple-oss-distributions/CF/blob/main/CFBinaryPList.c).
public enum PropertyListWriter {
    /// The binary form, version 00.
    public static func binary(_ list: PropertyList) -> [UInt8] {
        var writer = BinaryWriter()
        writer.collect(list)
        return writer.finish()
    }

    /// The XML form. A UID has the form that Apple's converter gives it; null becomes empty text.
    public static func xml(_ list: PropertyList) -> [UInt8] {
        var text = TextBuffer()
        text.append(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0">

            """)
        append(list, to: &text)
        text.append("\n</plist>\n")
        return text.bytes
    }

    /// A keyed archive as `NSKeyedArchiver` writes it: `objects` behind `$null`, the root being number 1.
    public static func keyedArchive(_ objects: [PropertyList]) -> PropertyList {
        .dictionary([
            "$archiver": .text("NSKeyedArchiver"), "$version": .integer(100_000),
            "$top": .dictionary(["root": .uid(1)]), "$objects": .list([.text("$null")] + objects),
        ])
    }

    private static func append(_ list: PropertyList, to text: inout TextBuffer) {
        switch list {
        case .truth(let truth): text.append(text: truth ? "<true/>" : "<false/>")
        case .integer(let number): text.append(text: "<integer>\(number)</integer>")
        case .real(let number): text.append(text: "<real>\(number)</real>")
        case .text(let value): text.append(text: "<string>\(escaped(value))</string>")
        case .moment(let moment):
            var date = TextBuffer()
            date.append(moment)
            text.append(text: "<date>\(date.string.prefix(19))Z</date>")
        case .bytes(let bytes): text.append(text: "<data>\(base64(bytes))</data>")
        case .list(let values):
            text.append("<array>")
            for value in values { append(value, to: &text) }
            text.append("</array>")
        case .dictionary:
            text.append("<dict>\n")
            for (name, value) in list.members {
                text.append(text: "<key>\(escaped(name))</key>")
                append(value, to: &text)
                text.append("\n")
            }
            text.append("</dict>")
        case .uid(let number): text.append(text: "<dict><key>CF$UID</key><integer>\(number)</integer></dict>")
        case .null: text.append("<string></string>")
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let number = (0..<3).reduce(0) { $0 << 8 | (start + $1 < bytes.count ? Int(bytes[start + $1]) : 0) }
            for index in 0..<4 {
                text.append(
                    index <= group.count ? letters[number >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// The binary form: objects one after the other, then where each begins, then a trailer of 32 bytes.
private struct BinaryWriter {
    private enum Node {
        case leaf(PropertyList)
        case list([Int])
        case dictionary(names: [Int], values: [Int])
    }

    private var nodes: [Node] = []
    /// Names are shared, as other writers do.
    private var texts: [String: Int] = [:]

    @discardableResult mutating func collect(_ list: PropertyList) -> Int {
        switch list {
        case .text(let text):
            if let known = texts[text] { return known }
            texts[text] = nodes.count
            nodes.append(.leaf(list))
            return nodes.count - 1
        case .list(let values):
            let index = nodes.count
            nodes.append(.list([]))
            nodes[index] = .list(values.map { collect($0) })
            return index
        case .dictionary:
            let index = nodes.count
            nodes.append(.list([]))
            let members = list.members
            let names = members.map { collect(.text($0.name)) }
            nodes[index] = .dictionary(names: names, values: members.map { collect($0.value) })
            return index
        default:
            nodes.append(.leaf(list))
            return nodes.count - 1
        }
    }

    func finish() -> [UInt8] {
        let referenceSize = size(of: nodes.count)
        var bytes = Array("bplist00".utf8)
        var offsets: [Int] = []
        for node in nodes {
            offsets.append(bytes.count)
            switch node {
            case .leaf(let list): append(leaf: list, to: &bytes)
            case .list(let values):
                appendMarker(0xA0, count: values.count, to: &bytes)
                for value in values { appendNumber(UInt64(value), size: referenceSize, to: &bytes) }
            case .dictionary(let names, let values):
                appendMarker(0xD0, count: names.count, to: &bytes)
                for value in names + values { appendNumber(UInt64(value), size: referenceSize, to: &bytes) }
            }
        }
        let table = bytes.count
        let offsetSize = size(of: table)
        for offset in offsets { appendNumber(UInt64(offset), size: offsetSize, to: &bytes) }
        bytes += [0, 0, 0, 0, 0, 0, UInt8(offsetSize), UInt8(referenceSize)]
        for number in [nodes.count, 0, table] { appendNumber(UInt64(number), size: 8, to: &bytes) }
        return bytes
    }

    private func append(leaf: PropertyList, to bytes: inout [UInt8]) {
        switch leaf {
        case .truth(let truth): bytes.append(truth ? 0x09 : 0x08)
        case .integer(let number):
            let size = number < 0 ? 8 : size(of: Int(number))
            bytes.append(0x10 | UInt8(size.trailingZeroBitCount))
            appendNumber(UInt64(bitPattern: number), size: size, to: &bytes)
        case .real(let number):
            bytes.append(0x23)
            appendNumber(number.bitPattern, size: 8, to: &bytes)
        case .moment(let moment):
            bytes.append(0x33)
            // Seconds since 2001-01-01T00:00:00Z.
            let seconds = Double(moment.microseconds) / 1_000_000 - 978_307_200
            appendNumber(seconds.bitPattern, size: 8, to: &bytes)
        case .bytes(let data):
            appendMarker(0x40, count: data.count, to: &bytes)
            bytes += data
        case .text(let text):
            if text.utf8.allSatisfy({ $0 < 0x80 }) {
                appendMarker(0x50, count: text.utf8.count, to: &bytes)
                bytes += text.utf8
            } else {
                appendMarker(0x60, count: text.utf16.count, to: &bytes)
                for unit in text.utf16 { appendNumber(UInt64(unit), size: 2, to: &bytes) }
            }
        case .uid(let number):
            let size = size(of: number)
            bytes.append(0x80 | UInt8(size - 1))
            appendNumber(UInt64(number), size: size, to: &bytes)
        default: bytes.append(0x00)
        }
    }

    private func appendMarker(_ kind: UInt8, count: Int, to bytes: inout [UInt8]) {
        guard count >= 15 else {
            bytes.append(kind | UInt8(count))
            return
        }
        bytes.append(kind | 0x0F)
        append(leaf: .integer(Int64(count)), to: &bytes)
    }

    private func appendNumber(_ number: UInt64, size: Int, to bytes: inout [UInt8]) {
        for index in (0..<size).reversed() { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
    }

    /// Bytes that a number needs: 1, 2, 4 or 8.
    private func size(of number: Int) -> Int {
        number < 1 << 8 ? 1 : number < 1 << 16 ? 2 : number < 1 << 32 ? 4 : 8
    }
}
