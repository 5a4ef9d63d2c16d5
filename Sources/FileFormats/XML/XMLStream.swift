import CExpat
public import Primitives

/// Goes through a document of XML from front to back, and keeps nothing of it.
///
/// Reading is left to expat, which knows UTF-8, UTF-16, ISO-8859-1 and ASCII. What makes XML dangerous is refused: a
/// document type ends the reading where it begins, so that no entity can be declared and nothing outside of the document
/// can be named; elements are nested at most `depth` deep, and a tag has at most `tagLength` bytes.
/// Sources: https://www.w3.org/TR/xml/ and https://libexpat.github.io/doc/
public enum XMLStream {
    /// How far reading goes.
    public struct Limits: Sendable {
        /// Elements within one another.
        public var depth = 256
        /// Attributes of one element.
        public var attributes = 256
        /// Bytes of one tag, one comment or one processing instruction. Text may be longer.
        public var tagLength = 4 << 20

        /// What no honest document goes beyond.
        public init() {}
    }

    /// Bytes that are handed to expat at once. Versions before 2.6 begin a tag anew with every piece of it, so pieces
    /// must not be small.
    private static let pieceLength = 256 << 10

    /// Tells `visitor` what the document at `start` holds. The result is where another document begins behind it, for
    /// documents that were written one after the other into one file; `nil` if there is nothing behind it.
    public static func read(
        _ bytes: [UInt8], from start: Int = 0, limits: Limits = Limits(), to visitor: any XMLVisitor
    ) throws(ParseError) -> Int? {
        guard bytes.indices.contains(start) else { throw ParseError(.truncated, "an element", at: start) }
        // A document that calls itself UTF-16 and is not was converted by somebody who left the name.
        guard let parser = XML_ParserCreate(isMislabelled(bytes[start...]) ? "UTF-8" : nil) else {
            throw ParseError(.beyondLimit, "memory for reading XML")
        }
        defer { XML_ParserFree(parser) }
        let reading = XMLReading(parser, limits, visitor)
        reading.install()
        let error = withExtendedLifetime(reading) { bytes.withUnsafeBytes { feed($0, from: start, reading) } }
        if let refusal = reading.refusal {
            throw ParseError(refusal.kind, refusal.expected, at: position(parser, start, bytes.count))
        }
        guard let error else { return nil }
        let place = position(parser, start, bytes.count)
        if reading.isBehindDocument, place > start,
            error == XML_ERROR_JUNK_AFTER_DOC_ELEMENT || error == XML_ERROR_MISPLACED_XML_PI
                || error == XML_ERROR_INVALID_TOKEN,
            bytes[place...].starts(with: "<".utf8) || bytes[place...].starts(with: [0xEF, 0xBB, 0xBF, 0x3C])
        {
            return place
        }
        throw reason(error, at: place)
    }

    /// Hands over the bytes piece by piece; the result is the error at which expat stopped.
    private static func feed(_ bytes: UnsafeRawBufferPointer, from start: Int, _ reading: XMLReading) -> XML_Error? {
        guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return XML_ERROR_NO_ELEMENTS }
        var offset = start
        while true {
            let length = min(pieceLength, bytes.count - offset)
            let isLast = offset + length == bytes.count
            let status = XML_Parse(reading.parser, base + offset, Int32(length), isLast ? 1 : 0)
            guard status == XML_STATUS_OK else { return XML_GetErrorCode(reading.parser) }
            offset += length
            if isLast { return nil }
            // What expat has not finished is the beginning of one tag.
            guard offset - position(reading.parser, start, offset) <= reading.limits.tagLength else {
                reading.refusal = (.beyondLimit, "a tag of at most \(reading.limits.tagLength) bytes")
                return XML_ERROR_ABORTED
            }
        }
    }

    private static func position(_ parser: XML_Parser, _ start: Int, _ end: Int) -> Int {
        min(start + max(0, Int(XML_GetCurrentByteIndex(parser))), end)
    }

    /// Whether a document in single bytes names an encoding of two.
    private static func isMislabelled(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
        guard text.starts(with: "<?xml".utf8), let end = text.prefix(256).firstIndex(of: UInt8(ascii: ">")) else {
            return false
        }
        return String(decoding: text[..<end], as: UTF8.self).lowercased().contains("utf-16")
    }

    private static func reason(_ error: XML_Error, at place: Int) -> ParseError {
        switch error {
        case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION, XML_ERROR_PARTIAL_CHAR:
            ParseError(.truncated, "the end of the document", at: place)
        case XML_ERROR_UNKNOWN_ENCODING:
            ParseError(.unsupported, "XML in UTF-8, UTF-16, ISO-8859-1 or ASCII", at: place)
        case XML_ERROR_INCORRECT_ENCODING: ParseError(.malformed, "text in the encoding that it names", at: place)
        case XML_ERROR_TAG_MISMATCH:
            ParseError(.malformed, "the end tag of the element that is open", at: place)
        case XML_ERROR_UNDEFINED_ENTITY: ParseError(.malformed, "an entity of XML", at: place)
        case XML_ERROR_DUPLICATE_ATTRIBUTE: ParseError(.malformed, "each attribute once", at: place)
        case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: ParseError(.malformed, "the end of the document", at: place)
        case XML_ERROR_NO_MEMORY: ParseError(.beyondLimit, "memory for reading XML", at: place)
        default: ParseError(.malformed, "well-formed XML", at: place)
        }
    }
}
