import Mustache
import Primitives

/// Text that may stand in a page: the only form in which a value reaches a template.
///
/// Three things happen to it. It is cut when it is longer than a person would read. What could move a cursor or turn
/// the direction of writing is made visible. And the five characters that mean something in HTML are set apart from
/// combining characters beside them: swift-mustache escapes grapheme by grapheme (2.1.1), and U+0600 before `<`, or
/// U+0301 behind `"`, makes a grapheme that it does not know and would let through as it is.
struct Line: Sendable, Hashable {
    /// What the template gets.
    let text: String

    /// A value of any origin; what lies beyond `limit` Unicode scalars is not shown, and that is said.
    init(_ value: String, limit: Int = 2_000) {
        let scalars = value.unicodeScalars
        let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex) ?? scalars.endIndex
        if end == scalars.endIndex {
            text = Line.separated(Line.visible(value.printable))
        } else {
            text = Line.separated(Line.visible(String(scalars[..<end]).printable)) + " … (cut here)"
        }
    }

    /// A number with its thousands apart: `2,887`.
    init(_ number: Int) { text = number.grouped }

    /// No text; a section of the template that asks for it is left out.
    static let none = Line("")

    /// Makes the two kinds of direction marks visible that are older than the isolates and no terminal cares about.
    private static func visible(_ text: String) -> String {
        func turns(_ scalar: Unicode.Scalar) -> Bool {
            scalar.value == 0x61C || (0x206A...0x206F).contains(scalar.value)
        }
        guard text.unicodeScalars.contains(where: turns) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            turns(scalar) ? result.append(scalar.visible) : result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// Makes sure that every character of markup is a grapheme of its own.
    private static func separated(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var result = ""
        for character in text {
            let scalars = character.unicodeScalars
            guard scalars.dropFirst().first != nil, scalars.contains(where: \.isMarkup) else {
                result.append(character)
                continue
            }
            for scalar in scalars {
                scalar.isMarkup ? result.unicodeScalars.append(scalar) : result.append(scalar.visible)
            }
        }
        return result
    }
}

extension Line: MustacheCustomRenderable {
    var renderText: String { text }
    var isNull: Bool { text.isEmpty }
}

extension Unicode.Scalar {
    fileprivate var isMarkup: Bool { self == "<" || self == ">" || self == "&" || self == "\"" || self == "'" }
    fileprivate var visible: String { "\\u{" + String(value, radix: 16, uppercase: true) + "}" }
}
