import FileFormats
import Primitives

/// Loads OpenIOC, version 1.0 or 1.1: one indicator of compromise, several below an element around them, or several
/// documents one after the other.
///
/// The criteria become patterns of STIX, so what is an indicator, what is compared as a whole and what is refused is
/// decided in the same place. The file is gone through twice: what is said of the whole may stand behind the criteria.
/// Sources: the schema, the list of terms and the definitions of https://github.com/fireeye/OpenIOC_1.1; for 1.0 the
/// differences that its schema changelog lists.
enum OpenIOC {
    /// The most documents of one file.
    static let documentLimit = 10_000

    static func load(_ bytes: [UInt8], into intake: IndicatorIntake) {
        let metadata = OpenIOCMetadata()
        // What is damaged is said when the criteria are read.
        _ = damage(bytes, metadata)
        let criteria = OpenIOCCriteria(metadata.documents, intake)
        if let error = damage(bytes, criteria) {
            intake.note(.damagedFile, "The file is damaged: \(error). What stands before was used.")
        }
        criteria.finish()
    }

    /// Tells a visitor all documents of a file; the result is why not all of them.
    private static func damage(_ bytes: [UInt8], _ visitor: any XMLVisitor) -> ParseError? {
        var start: Int? = 0
        var count = 0
        while let from = start {
            guard count < documentLimit else {
                return ParseError(.beyondLimit, "at most \(documentLimit) documents", at: from)
            }
            count += 1
            do throws(ParseError) {
                start = try XMLStream.read(bytes, from: from, to: visitor)
            } catch {
                return error
            }
        }
        return nil
    }

    /// Whether an element is an indicator of compromise as a whole.
    static func isDocument(_ name: String) -> Bool { name == "ioc" || name == "openioc" }

    // MARK: - By its looks

    /// Whether a file begins like OpenIOC: with such an element, or with one around such elements.
    static func isRecognised(_ head: [UInt8]) -> Bool {
        // Of two bytes for each letter, one is zero as far as this looks.
        let isWide =
            head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
            || head.starts(with: [0x3C, 0x00]) || head.starts(with: [0x00, 0x3C])
        var text = (isWide ? head.filter { $0 != 0 && $0 < 0x80 } : head)[...]
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        guard text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") else { return false }
        var seen = 0
        while seen < 2, let bracket = text.firstIndex(of: UInt8(ascii: "<")) {
            text = text[(bracket + 1)...]
            if text.starts(with: "!--".utf8) {
                guard let end = end(of: "-->", in: text) else { return false }
                text = text[end...]
                continue
            }
            // Declarations and processing instructions: no letter stands behind the bracket.
            guard let letter = text.first, (letter | 0x20) &- 0x61 < 26 else { continue }
            let name = text.prefix(64).prefix { $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
            let local = name.split(separator: UInt8(ascii: ":")).last ?? []
            if isDocument(String(decoding: local, as: UTF8.self).lowercased()) { return true }
            seen += 1
        }
        return false
    }

    private static func end(of mark: String, in text: ArraySlice<UInt8>) -> Int? {
        let mark = Array(mark.utf8)
        var index = text.startIndex
        while index + mark.count <= text.endIndex {
            if text[index] == mark[0], text[index..<index + mark.count].elementsEqual(mark) {
                return index + mark.count
            }
            index += 1
        }
        return nil
    }
}

/// Text of an element as it comes, up to a limit.
struct OpenIOCText {
    /// Bytes of one text. No value has so many, and a description may lose its end.
    static let limit = 64 << 10

    private(set) var bytes: [UInt8] = []
    private(set) var isTooLong = false

    mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
        guard bytes.count + piece.count <= OpenIOCText.limit else {
            isTooLong = true
            return
        }
        bytes += piece
    }

    /// The text without white space around it; `nil` if there is nothing else.
    var trimmed: String? {
        var text = bytes[...]
        while let byte = text.first, byte <= 0x20 { text.removeFirst() }
        while let byte = text.last, byte <= 0x20 { text.removeLast() }
        return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }
}
