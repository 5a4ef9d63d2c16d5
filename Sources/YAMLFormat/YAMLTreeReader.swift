import Yams

/// Turns the library's nodes into ours, and refuses what is not read.
struct YAMLTreeReader {
    let limits: YAMLLimits
    private var nodes = 0

    init(limits: YAMLLimits) { self.limits = limits }

    mutating func value(of node: Node, depth: Int) throws(YAMLError) -> YAMLValue {
        let line = node.mark?.line ?? 1
        nodes += 1
        guard nodes <= limits.nodes else {
            throw YAMLError("the text has more than \(limits.nodes) values; divide it into several files", line: line)
        }
        guard depth <= limits.depth else {
            throw YAMLError("the text is nested more than \(limits.depth) levels deep", line: line)
        }
        guard node.anchor == nil else { throw YAMLTreeReader.anchored(line) }
        switch node {
        case .scalar(let scalar):
            return YAMLValue(.scalar(try read(scalar, line)), line: line)
        case .sequence(let sequence):
            try refuse(sequence.tag, line)
            var values: [YAMLValue] = []
            for element in sequence { values.append(try value(of: element, depth: depth + 1)) }
            return YAMLValue(.sequence(values), line: line)
        case .mapping(let mapping):
            try refuse(mapping.tag, line)
            return YAMLValue(.mapping(try members(of: mapping, depth)), line: line)
        case .alias:
            throw YAMLError("an alias (*name) is not read; write the value out", line: line)
        }
    }

    private mutating func members(of mapping: Node.Mapping, _ depth: Int) throws(YAMLError) -> [YAMLMember] {
        var members: [YAMLMember] = []
        var names: Set<String> = []
        for (key, element) in mapping {
            let line = key.mark?.line ?? 1
            let text = try self.key(key, line)
            guard text != "<<" else {
                throw YAMLError("merging with << is not read; write the members out", line: line)
            }
            guard names.insert(text).inserted else {
                throw YAMLError("the key '\(Self.printable(text))' is there twice in one mapping", line: line)
            }
            members.append(YAMLMember(text, line: line, try value(of: element, depth: depth + 1)))
        }
        return members
    }

    /// A key as text. The library compares keys and notes on each what it reads as, so their tags say nothing.
    private mutating func key(_ node: Node, _ line: Int) throws(YAMLError) -> String {
        nodes += 1
        guard node.anchor == nil else { throw YAMLTreeReader.anchored(line) }
        guard case .scalar(let scalar) = node else {
            throw YAMLError("a key that is a list or a mapping is not read; a key is a word", line: line)
        }
        guard scalar.tag.rawValue == Tag.Name.str.rawValue || scalar.tag.rawValue.isEmpty else {
            throw YAMLTreeReader.tagged(line)
        }
        return scalar.string
    }

    private static func anchored(_ line: Int) -> YAMLError {
        YAMLError("an anchor (&name) is not read; write the value out where it is needed", line: line)
    }

    private static func tagged(_ line: Int) -> YAMLError {
        YAMLError("a tag (!name) is not read; write the value without it", line: line)
    }

    private func read(_ scalar: Node.Scalar, _ line: Int) throws(YAMLError) -> YAMLScalar {
        let isPlain = scalar.style == .plain
        // What stands in quotation marks has the tag of text without anybody having written one.
        if isPlain || scalar.tag.rawValue != Tag.Name.str.rawValue { try refuse(scalar.tag, line) }
        return YAMLScalar(scalar.string, isPlain: isPlain)
    }

    private func refuse(_ tag: Tag, _ line: Int) throws(YAMLError) {
        guard tag.rawValue.isEmpty else { throw YAMLTreeReader.tagged(line) }
    }

    /// At most 60 characters, without control characters.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(60).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
    }
}
