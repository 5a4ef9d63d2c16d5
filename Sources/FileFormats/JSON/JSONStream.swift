public import Primitives

/// Walks over a JSON text that may be larger than memory, and hands out the elements of one list.
///
/// The text is one object with the list as a member, or the list itself. It is read through a window that holds the
/// element being looked at, and grows only for an element that is larger. A damaged element costs itself: its end is
/// found by brackets and quotation marks. What never ends is the end of the file.
public struct JSONStream {
    /// What a walk came to.
    public struct Outcome: Sendable {
        /// Whether the text is an object, and not the list itself.
        public var isObject = false
        /// How many lists there were.
        public var listCount = 0
        /// Whether a member had the name of the list and was none.
        public var hasOtherMember = false
        /// Why the rest of the text was not read, if it was not.
        public var failure: ParseError?
    }

    /// What is done with the text.
    public struct Handlers {
        /// Reads the object that begins at an offset of the window, and gives the offset behind it. Called again with
        /// the same object if it did not fit into the window, so it acts only once the object is read.
        public var object: (_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) throws(ParseError) -> Int
        /// Takes note of an element that is damaged, or is no object (then there is no error).
        public var other: (_ error: ParseError?, _ offset: Int) -> Void
        /// Takes a member beside the list.
        public var member: (JSONMembers.Member) -> Void

        /// Joins the parts.
        public init(
            object: @escaping (_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) throws(ParseError) -> Int,
            other: @escaping (_ error: ParseError?, _ offset: Int) -> Void,
            member: @escaping (JSONMembers.Member) -> Void
        ) {
            (self.object, self.other, self.member) = (object, other, member)
        }
    }

    private let window: JSONWindow
    /// The next byte, from the start of the text.
    private var position = 0

    /// Walks over `source` with a window of that size; one value may have `valueLimit` bytes.
    public init(_ source: any ByteSource, windowSize: Int = 1 << 20, valueLimit: Int = 64 << 20) {
        window = JSONWindow(source, size: max(windowSize, 64), limit: max(valueLimit, windowSize))
    }

    /// Walks over the whole text.
    public mutating func walk(list name: StaticString, _ handlers: Handlers) -> Outcome {
        var outcome = Outcome()
        do throws(ParseError) {
            try walk(list: name, handlers, &outcome)
        } catch {
            outcome.failure = error
        }
        return outcome
    }

    private mutating func walk(
        list name: StaticString, _ handlers: Handlers, _ outcome: inout Outcome
    ) throws(ParseError) {
        try window.load(from: 0)
        if window.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        switch try next() {
        case UInt8(ascii: "["):
            outcome.listCount += 1
            try walkList(handlers)
        case UInt8(ascii: "{"):
            outcome.isObject = true
            position += 1
            try walkObject(list: name, handlers, &outcome)
        default:
            // Something else: checked like any text, and nothing to hand out.
            try take { bytes, offset throws(ParseError) in
                var scanner = JSONScanner(bytes: bytes, offset: offset)
                try scanner.skipValue(depth: 0, depthLimit: 64)
                return scanner.offset
            }
        }
        if try next() != 0 || position < window.count {
            throw ParseError(.malformed, "the end of the text", at: position)
        }
    }

    private mutating func walkObject(
        list name: StaticString, _ handlers: Handlers, _ outcome: inout Outcome
    ) throws(ParseError) {
        var isFirst = true
        while true {
            var byte = try next()
            if byte == UInt8(ascii: "}") {
                position += 1
                return
            }
            if !isFirst {
                guard byte == UInt8(ascii: ",") else { throw failure("a comma or }") }
                position += 1
                byte = try next()
            }
            isFirst = false
            guard byte == UInt8(ascii: "\"") else { throw failure("a name in quotation marks") }
            // The name first, because the value may be larger than any window.
            var isList = false
            let start = position
            try take { bytes, offset throws(ParseError) in
                var scanner = JSONScanner(bytes: bytes, offset: offset)
                let hasEscapes = try scanner.skipString()
                let text = JSONText(
                    content: UnsafeBufferPointer(rebasing: bytes[offset + 1..<scanner.offset - 1]),
                    hasEscapes: hasEscapes)
                isList = text.equals(name)
                scanner.skipSpace()
                try scanner.expect(UInt8(ascii: ":"), "a colon")
                return scanner.offset
            }
            if isList {
                guard try next() == UInt8(ascii: "[") else {
                    outcome.hasOtherMember = true
                    position = start
                    try takeMember { _ in }
                    continue
                }
                outcome.listCount += 1
                try walkList(handlers)
            } else {
                position = start
                try takeMember(handlers.member)
            }
        }
    }

    private mutating func takeMember(_ body: (JSONMembers.Member) -> Void) throws(ParseError) {
        try take { bytes, offset throws(ParseError) in
            var scanner = JSONScanner(bytes: bytes, offset: offset)
            let hasEscapes = try scanner.skipString()
            let name = JSONText(
                content: UnsafeBufferPointer(rebasing: bytes[offset + 1..<scanner.offset - 1]), hasEscapes: hasEscapes)
            scanner.skipSpace()
            try scanner.expect(UInt8(ascii: ":"), "a colon")
            let value = try scanner.place(depthLimit: 64)
            body(JSONMembers.Member(name: name, value: value))
            return scanner.offset
        }
    }

    private mutating func walkList(_ handlers: Handlers) throws(ParseError) {
        position += 1
        var isFirst = true
        while true {
            var byte = try next()
            if byte == UInt8(ascii: "]") {
                position += 1
                return
            }
            if !isFirst {
                guard byte == UInt8(ascii: ",") else { throw failure("a comma or ]") }
                position += 1
                byte = try next()
            }
            isFirst = false
            if byte == UInt8(ascii: "{") {
                do throws(ParseError) {
                    try take(handlers.object)
                } catch {
                    try stepOver(error, handlers)
                }
            } else {
                let start = position
                var damage: ParseError?
                do throws(ParseError) {
                    try take { bytes, offset throws(ParseError) in
                        var scanner = JSONScanner(bytes: bytes, offset: offset)
                        try scanner.skipValue(depth: 0, depthLimit: 64)
                        return scanner.offset
                    }
                } catch {
                    damage = error
                }
                if let damage { try stepOver(damage, handlers) } else { handlers.other(nil, start) }
            }
        }
    }

    /// Goes behind an element that can't be read, if it ends anywhere.
    private mutating func stepOver(_ error: ParseError, _ handlers: Handlers) throws(ParseError) {
        let start = position
        try window.load(from: position)
        while true {
            if let end = JSONElementScan.end(of: window.bytes, at: 0) {
                position += end
                handlers.other(error, start)
                return
            }
            guard !window.isAtEnd, try window.grow() else { throw error }
        }
    }

    // MARK: - The window

    private func failure(_ expected: String) -> ParseError {
        ParseError(position < window.count ? .malformed : .truncated, expected, at: position)
    }

    /// The next byte that is no white space, or 0 at the end.
    private mutating func next() throws(ParseError) -> UInt8 {
        while true {
            if !window.holds(position) {
                guard position < window.count else { return 0 }
                try window.load(from: position)
                guard window.holds(position) else { return 0 }
            }
            let byte = window.bytes[position - window.start]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
    }

    /// Reads something that begins at the position; it is tried again with a better window if it may not have fitted.
    private mutating func take(
        _ body: (UnsafeBufferPointer<UInt8>, Int) throws(ParseError) -> Int
    ) throws(ParseError) {
        if !window.holds(position) { try window.load(from: position) }
        while true {
            do throws(ParseError) {
                let end = try body(window.bytes, position - window.start)
                // A number at the very end may go on behind it.
                if end == window.bytes.count, !window.isAtEnd, end - (position - window.start) < 64 {
                    try window.load(from: position)
                    continue
                }
                position = window.start + end
                return
            } catch {
                let offset = error.offset ?? 0
                let isNearEnd = offset + 8 >= window.bytes.count
                if !window.isAtEnd, isNearEnd {
                    if window.start < position {
                        try window.load(from: position)
                        continue
                    } else if try window.grow() {
                        continue
                    }
                    throw ParseError(.beyondLimit, "values of at most \(window.limit) bytes", at: position)
                }
                var placed = error
                placed.offset = error.offset.map { $0 + window.start }
                throw placed
            }
        }
    }
}

/// Some of the bytes of a source.
///
/// A class, because it owns memory that pointers lead into.
private final class JSONWindow {
    private let source: any ByteSource
    let limit: Int
    let count: Int
    private var memory: UnsafeMutableBufferPointer<UInt8>
    private var filled = 0
    /// Where the window begins, from the start of the source.
    private(set) var start = 0

    init(_ source: any ByteSource, size: Int, limit: Int) {
        self.source = source
        self.limit = limit
        count = max(0, source.count)
        memory = .allocate(capacity: max(1, min(size, count)))
    }

    deinit { memory.deallocate() }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: memory[..<filled]) }

    var isAtEnd: Bool { start + filled >= count }

    func holds(_ position: Int) -> Bool { position >= start && position < start + filled }

    /// Moves the window so that it begins at a position.
    func load(from position: Int) throws(ParseError) {
        if position > start, position <= start + filled {
            let kept = start + filled - position
            if kept > 0, let base = memory.baseAddress {
                base.update(from: base + (position - start), count: kept)
            }
            filled = kept
        } else if position != start {
            filled = 0
        }
        start = position
        try fill()
    }

    /// Makes the window twice as large; false if it may not become larger.
    func grow() throws(ParseError) -> Bool {
        guard memory.count < limit else { return false }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: min(memory.count * 2, limit))
        if let old = memory.baseAddress, let new = larger.baseAddress { new.update(from: old, count: filled) }
        memory.deallocate()
        memory = larger
        try fill()
        return true
    }

    private func fill() throws(ParseError) {
        while filled < memory.count, start + filled < count {
            let room = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: memory[filled...]))
            let length = try source.read(at: start + filled, into: room)
            guard length > 0 else {
                throw ParseError(.truncated, "\(count) bytes, as when the file was opened", at: start + filled)
            }
            filled += min(length, room.count)
        }
    }
}
