public import Primitives

/// Walks over the members of one JSON object in place: nothing is copied, and what nobody asks for costs a scan.
///
/// For files with a million objects, where ``JSONReader`` would make a million times a dozen strings.
public struct JSONMembers {
    /// A name and its value.
    public struct Member {
        /// The name.
        public let name: JSONText
        /// The value.
        public let value: JSONPlace
    }

    private var scanner: JSONScanner
    private let depthLimit: Int
    private var isFirst = true
    private var isAtEnd = false

    /// Steps into the object at `offset`, which must begin with a brace.
    public init?(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, depthLimit: Int = 64) {
        scanner = JSONScanner(bytes: bytes, offset: offset)
        self.depthLimit = depthLimit
        scanner.skipSpace()
        guard scanner.current == UInt8(ascii: "{") else { return nil }
        scanner.offset += 1
    }

    /// The first byte behind the object, once ``next()`` has given `nil`; behind the last member before.
    public var offset: Int { scanner.offset }

    /// The next member, or `nil` behind the last.
    public mutating func next() throws(ParseError) -> Member? {
        guard !isAtEnd else { return nil }
        scanner.skipSpace()
        if scanner.current == UInt8(ascii: "}") {
            scanner.offset += 1
            isAtEnd = true
            return nil
        }
        if !isFirst {
            try scanner.expect(UInt8(ascii: ","), "a comma or }")
            scanner.skipSpace()
        }
        isFirst = false
        let start = scanner.offset
        guard scanner.current == UInt8(ascii: "\"") else { throw scanner.failure("a name in quotation marks") }
        let hasEscapes = try scanner.skipString()
        let name = JSONText(
            content: UnsafeBufferPointer(rebasing: scanner.bytes[start + 1..<scanner.offset - 1]),
            hasEscapes: hasEscapes)
        scanner.skipSpace()
        try scanner.expect(UInt8(ascii: ":"), "a colon")
        return Member(name: name, value: try scanner.place(depthLimit: depthLimit))
    }
}

/// Walks over the elements of one JSON list in place.
public struct JSONElements {
    private var scanner: JSONScanner
    private let depthLimit: Int
    private var isFirst = true
    private var isAtEnd = false

    /// Steps into the list at `offset`, which must begin with a bracket.
    public init?(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int, depthLimit: Int = 64) {
        scanner = JSONScanner(bytes: bytes, offset: offset)
        self.depthLimit = depthLimit
        scanner.skipSpace()
        guard scanner.current == UInt8(ascii: "[") else { return nil }
        scanner.offset += 1
    }

    /// The first byte behind the list, once ``next()`` has given `nil`.
    public var offset: Int { scanner.offset }

    /// The next element, or `nil` behind the last.
    public mutating func next() throws(ParseError) -> JSONPlace? {
        guard !isAtEnd else { return nil }
        scanner.skipSpace()
        if scanner.current == UInt8(ascii: "]") {
            scanner.offset += 1
            isAtEnd = true
            return nil
        }
        if !isFirst {
            try scanner.expect(UInt8(ascii: ","), "a comma or ]")
        }
        isFirst = false
        return try scanner.place(depthLimit: depthLimit)
    }
}

extension JSONScanner {
    /// The value at the offset, white space before it passed over.
    @inline(__always)
    mutating func place(depthLimit: Int) throws(ParseError) -> JSONPlace {
        skipSpace()
        let start = offset
        var hasEscapes = false
        if current == UInt8(ascii: "\"") {
            hasEscapes = try skipString()
        } else {
            try skipValue(depth: 1, depthLimit: depthLimit)
        }
        return JSONPlace(bytes: bytes, range: start..<offset, hasEscapes: hasEscapes)
    }
}
