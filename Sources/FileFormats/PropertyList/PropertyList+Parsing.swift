public import Primitives

extension PropertyList {
    /// How much a property list may hold before reading on is refused.
    struct Limits: Sendable {
        /// Lists and dictionaries inside each other.
        var depth = 128
        /// Values and names, each counted as often as it is referred to.
        var nodes = 1_000_000
    }

    /// Reads a property list in whichever of its forms the bytes are: binary, or XML in UTF-8, UTF-16 or ISO-8859-1.
    ///
    /// The old form with braces and semicolons is not read.
    public init(parsing bytes: [UInt8]) throws(ParseError) {
        try self.init(parsing: bytes, limits: Limits())
    }

    init(parsing bytes: [UInt8], limits: Limits) throws(ParseError) {
        if bytes.starts(with: BinaryPropertyList.magic) {
            self = try BinaryPropertyList(parsing: bytes).tree(limits: limits)
        } else if let text = try XMLPropertyListReader.text(of: bytes) {
            var reader = XMLPropertyListReader(text, limits: limits)
            self = try reader.document()
        } else {
            throw ParseError(.malformed, "a property list, binary or XML", at: 0)
        }
    }
}
