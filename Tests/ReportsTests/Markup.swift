/// What a page is made of, read by the rules of HTML that matter for safety: every `<` in text opens something.
struct Markup {
    struct Problem: Error, CustomStringConvertible { var description: String }
    struct Tag {
        var name: String
        var attributes: [(name: String, value: String)]
        var isClosing: Bool
    }

    var tags: [Tag] = []
    /// The text between the tags, with what is escaped put back.
    var text = ""

    private static let allowed: Set<String> = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section",
        "article", "div", "span", "p", "h1", "h2", "h3", "h4", "h5", "ul", "ol", "li", "dl", "dt", "dd", "table",
        "caption", "thead", "tbody", "tr", "th", "td", "strong", "a", "bdi", "code", "time",
    ]
    private static let attributes: Set<String> = [
        "lang", "charset", "http-equiv", "content", "name", "class", "id", "aria-label", "aria-labelledby", "href",
        "scope", "colspan", "data-label", "datetime", "html",
    ]

    /// Reads a page scalar by scalar; throws at a tag or attribute that the templates never write.
    init(_ bytes: [UInt8]) throws {
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        var open: [String] = []
        var position = 0
        while position < scalars.count {
            guard scalars[position] == "<" else {
                text.unicodeScalars.append(scalars[position])
                position += 1
                continue
            }
            guard let end = scalars[position...].firstIndex(of: ">") else { throw Problem(description: "open tag") }
            let tag = try Markup.tag(String(String.UnicodeScalarView(scalars[position + 1..<end])))
            tags.append(tag)
            if tag.isClosing {
                guard open.popLast() == tag.name else { throw Problem(description: "\(tag.name) closes another") }
            } else if tag.name != "meta", tag.name != "!doctype" {
                open.append(tag.name)
            }
            position = end + 1
        }
        guard open.isEmpty else { throw Problem(description: "\(open) stay open") }
        for (name, character) in [("lt", "<"), ("gt", ">"), ("quot", "\""), ("#39", "'"), ("amp", "&")] {
            text = text.split(separator: "&\(name);", omittingEmptySubsequences: false).joined(separator: character)
        }
    }

    private static func tag(_ text: String) throws -> Tag {
        var rest = Substring(text)
        let isClosing = rest.hasPrefix("/")
        if isClosing { rest.removeFirst() }
        let name = String(rest.prefix { $0 != " " })
        guard allowed.contains(name) else { throw Problem(description: "unknown tag \(name)") }
        rest = rest.dropFirst(name.count)
        var found: [(name: String, value: String)] = []
        while let space = rest.first {
            guard space == " " else { throw Problem(description: "no space in \(text)") }
            rest.removeFirst()
            let attribute = String(rest.prefix { $0 != "=" && $0 != " " })
            guard attributes.contains(attribute) else { throw Problem(description: "attribute \(attribute)") }
            rest = rest.dropFirst(attribute.count)
            guard rest.hasPrefix("=") else {
                found.append((attribute, ""))
                continue
            }
            guard rest.hasPrefix("=\"") else { throw Problem(description: "no quotes in \(text)") }
            rest = rest.dropFirst(2)
            let value = String(rest.prefix { $0 != "\"" })
            rest = rest.dropFirst(value.count)
            guard rest.first == "\"" else { throw Problem(description: "open quotes in \(text)") }
            rest.removeFirst()
            found.append((attribute, value))
        }
        return Tag(name: name, attributes: found, isClosing: isClosing)
    }
}
