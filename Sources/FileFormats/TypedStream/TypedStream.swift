public import Primitives

/// The archives of `NSArchiver`, which Messages keeps in the column `attributedBody`: a text with attributes.
///
/// The format is older than keyed archives and has no keys: an object is its class and then groups of values, each
/// group behind a text that says their types, as in `@encode` of Objective-C.
///
/// Source: the description at the head of
/// <https://github.com/dgelessus/python-typedstream/blob/4ec9762e5e512a95bfa3aa9b551e936600353529/src/typedstream/stream.py>,
/// and the example in <https://stackoverflow.com/questions/18834352>.
public enum TypedStream {
    /// The text of an archived `NSAttributedString` or `NSString`.
    ///
    /// When the archive is damaged behind its text, the text is returned all the same; ``attributedString(_:)`` notes
    /// the damage.
    public static func attributedText(_ bytes: [UInt8]) throws(ParseError) -> String {
        try attributedString(bytes).text
    }

    /// Text, links, and what is wrong with the archive.
    ///
    /// The text is that of the archived root. If the archive ends before that is known, or its root is no text, the
    /// first object that is a kind of `NSString` and holds text is taken instead, and ``AttributedString/damage`` says
    /// so. An archive without any such object is refused.
    public static func attributedString(_ bytes: [UInt8]) throws(ParseError) -> AttributedString {
        var reader = try TypedStreamReader(bytes)
        var damage: ParseError?
        do throws(ParseError) {
            try reader.readAll()
        } catch {
            damage = error
        }
        if let root = reader.root, let text = reader.rootText(root) {
            return AttributedString(text: text, links: reader.links(), damage: damage)
        }
        guard let text = reader.firstText() else {
            throw damage ?? ParseError(.malformed, "an archived text")
        }
        return AttributedString(
            text: text, links: reader.links(), damage: damage ?? ParseError(.malformed, "a text as the archived object")
        )
    }

    /// What an archived text says.
    public struct AttributedString: Sendable, Hashable {
        /// The text.
        public var text: String
        /// Where the links of the text lead, in the order of the archive, each once.
        public var links: [String]
        /// What ended the reading early, or that the text was not where it should be; nothing if all was as expected.
        public var damage: ParseError?

        /// Joins a text with its links.
        public init(text: String, links: [String] = [], damage: ParseError? = nil) {
            self.text = text
            self.links = links
            self.damage = damage
        }
    }
}
