/// Text with wildcards: `*` for any characters, `?` for one.
///
/// A backslash takes the meaning from the wildcard behind it, and from a backslash; before anything else it is itself.
public struct TextPattern: Sendable, Hashable {
    /// A part of a pattern.
    public enum Part: Sendable, Hashable {
        /// These bytes of UTF-8.
        case literal([UInt8])
        /// One character, whichever.
        case one
        /// Any characters, or none.
        case any
    }

    /// What a pattern comes to, for whoever compares many at once.
    public enum Shape: Sendable, Hashable {
        /// The whole text.
        case equal([UInt8])
        /// The beginning.
        case prefix([UInt8])
        /// The end.
        case suffix([UInt8])
        /// Anywhere.
        case contained([UInt8])
        /// Whatever the text is.
        case anything
        /// Anything else.
        case parts
    }

    /// The parts; no two literals and no two `any` stand side by side.
    public let parts: [Part]
    /// Whether capitals and small letters are told apart; if not, the literals are in small letters.
    public let isCased: Bool

    init(_ parts: [Part], isCased: Bool) {
        var joined: [Part] = []
        for part in parts {
            switch (joined.last, part) {
            case (_, .literal(let bytes)) where bytes.isEmpty: continue
            case (.literal(let first)?, .literal(let second)): joined[joined.count - 1] = .literal(first + second)
            case (.any?, .any): continue
            default: joined.append(part)
            }
        }
        self.parts = joined
        self.isCased = isCased
    }

    /// Reads wildcards.
    init(_ text: String, isCased: Bool) {
        self.init(TextPattern.parts(of: TextPattern.folded(text, isCased)), isCased: isCased)
    }

    /// Takes a text as it is.
    init(literal text: String, isCased: Bool) {
        self.init([.literal(Array(TextPattern.folded(text, isCased).utf8))], isCased: isCased)
    }

    private static func folded(_ text: String, _ isCased: Bool) -> String { isCased ? text : text.lowercased() }

    private static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        var literal: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        let (backslash, star, mark) = (UInt8(ascii: "\\"), UInt8(ascii: "*"), UInt8(ascii: "?"))
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == backslash, index < bytes.count, [backslash, star, mark].contains(bytes[index]) {
                literal.append(bytes[index])
                index += 1
            } else if byte == star || byte == mark {
                parts.append(.literal(literal))
                literal = []
                parts.append(byte == star ? .any : .one)
            } else {
                literal.append(byte)
            }
        }
        return parts + [.literal(literal)]
    }

    /// The pattern with more before or behind it.
    func open(before: Bool, behind: Bool) -> TextPattern {
        TextPattern((before ? [.any] : []) + parts + (behind ? [.any] : []), isCased: isCased)
    }

    /// What it comes to.
    public var shape: Shape {
        switch parts.count {
        case 0: return .equal([])
        case 1:
            switch parts[0] {
            case .literal(let bytes): return .equal(bytes)
            case .any: return .anything
            case .one: return .parts
            }
        case 2:
            if case .literal(let bytes) = parts[0], case .any = parts[1] { return .prefix(bytes) }
            if case .any = parts[0], case .literal(let bytes) = parts[1] { return .suffix(bytes) }
        case 3:
            if case .any = parts[0], case .literal(let bytes) = parts[1], case .any = parts[2] {
                return .contained(bytes)
            }
        default: break
        }
        return .parts
    }

    /// The longest literal: a text without it can't match.
    public var longestLiteral: [UInt8]? {
        var longest: [UInt8] = []
        for case .literal(let bytes) in parts where bytes.count > longest.count { longest = bytes }
        return longest.isEmpty ? nil : longest
    }

    /// Whether text matches; it must be in small letters unless the pattern tells letters apart.
    ///
    /// The last `*` is the only one that is tried again, so the time is at most pattern times text.
    public func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var (part, position) = (0, 0)
        var star: (part: Int, position: Int)?
        while true {
            if part < parts.count, case .any = parts[part] {
                star = (part + 1, position)
                part += 1
                if part == parts.count { return true }
                continue
            }
            if part == parts.count, position == text.count { return true }
            if part < parts.count, let next = TextPattern.step(parts[part], text, position) {
                position = next
                part += 1
                continue
            }
            guard let last = star, last.position < text.count else { return false }
            star = (last.part, last.position + 1)
            (part, position) = (last.part, last.position + 1)
        }
    }

    /// The position behind a part, if the text goes on with it.
    private static func step(_ part: Part, _ text: UnsafeBufferPointer<UInt8>, _ position: Int) -> Int? {
        switch part {
        case .any: return nil
        case .one:
            guard position < text.count else { return nil }
            // A character of UTF-8: its first byte, and those that begin with 10.
            var next = position + 1
            while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
            return next
        case .literal(let bytes):
            guard bytes.count <= text.count - position else { return nil }
            for index in bytes.indices where bytes[index] != text[position + index] { return nil }
            return position + bytes.count
        }
    }
}
