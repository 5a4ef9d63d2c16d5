import Primitives

/// What the objects of a typed stream mean, as far as an attributed text needs it.
extension TypedStreamReader {
    /// Whether an object is of a class or of a subclass of it.
    func isKind(_ object: Int, of name: StaticString) -> Bool {
        guard entries.indices.contains(object), entries[object].kind == .object else { return false }
        let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        var ancestor = entries[object].parent
        // No class has a hundred ancestors; a damaged chain may.
        for _ in 0..<100 {
            guard let index = ancestor else { return false }
            if bytes[entries[index].name].elementsEqual(wanted) { return true }
            ancestor = entries[index].parent
        }
        return false
    }

    /// The text of an attributed string, which archives an `NSString` first, or of a string.
    func rootText(_ root: Int) -> String? {
        if let text = text(root) { return text }
        guard isKind(root, of: "NSAttributedString"), case .object(let string)? = entries[root].values.first else {
            return nil
        }
        return text(string)
    }

    /// The text of an `NSString`.
    func text(_ object: Int) -> String? {
        textRange(object).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    /// Where the UTF-8 of an `NSString` lies.
    private func textRange(_ object: Int) -> Range<Int>? {
        guard isKind(object, of: "NSString"), case .bytes(let range)? = entries[object].values.first else { return nil }
        return range
    }

    /// The text of the first `NSString` that was archived and is not empty.
    func firstText() -> String? {
        for object in entries.indices {
            if let text = text(object), !text.isEmpty { return text }
        }
        return nil
    }

    /// The addresses of the attribute that Messages gives to links, each once.
    func links() -> [String] {
        var links: [String] = []
        // Places first, so that a thousand references to one long address cost one copy.
        var places: Set<Range<Int>> = []
        var known: Set<String> = []
        for object in entries.indices where isKind(object, of: "NSDictionary") {
            let values = entries[object].values
            // The number of pairs, then names and values in turn.
            for index in stride(from: 1, to: values.count - 1, by: 2) {
                guard case .object(let name) = values[index], case .object(let value) = values[index + 1],
                    isLinkName(name), let place = address(value), places.insert(place).inserted
                else { continue }
                let address = String(decoding: bytes[place], as: UTF8.self)
                if known.insert(address).inserted { links.append(address) }
            }
        }
        return links
    }

    private func isLinkName(_ object: Int) -> Bool {
        guard let range = textRange(object) else { return false }
        return bytes[range].elementsEqual("__kIMLinkAttributeName".utf8) || bytes[range].elementsEqual("NSLink".utf8)
    }

    /// The text of an `NSURL`, whose last value is its text; a base is left away. Some writers archive a string instead.
    private func address(_ object: Int) -> Range<Int>? {
        if let text = textRange(object) { return text }
        guard isKind(object, of: "NSURL"), case .object(let string)? = entries[object].values.last else { return nil }
        return textRange(string)
    }
}
