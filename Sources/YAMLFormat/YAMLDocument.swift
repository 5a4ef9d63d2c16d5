import Yams

/// One document of a YAML text, as a bounded tree.
///
/// What makes YAML dangerous or ambiguous is refused: anchors and aliases (a few lines of them stand for more nodes
/// than a memory holds), tags, keys that are no scalars, the same key twice. Scalars keep their text.
public struct YAMLDocument: Sendable, Hashable {
    /// The value that the document holds.
    public var root: YAMLValue

    /// Wraps a value.
    public init(root: YAMLValue) { self.root = root }

    /// Reads all documents of a text in UTF-8; a text without any document has none.
    public static func documents(
        in bytes: some Collection<UInt8>, limits: YAMLLimits = YAMLLimits()
    ) throws(YAMLError) -> [YAMLDocument] {
        guard bytes.count <= limits.bytes else {
            throw YAMLError("the text has more than \(limits.bytes) bytes; divide it into several files")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw YAMLError("the text is not UTF-8; save it in that encoding", line: YAMLDocument.invalidLine(bytes))
        }
        return try documents(in: text, limits: limits)
    }

    /// Reads all documents of a text.
    public static func documents(
        in text: String, limits: YAMLLimits = YAMLLimits()
    ) throws(YAMLError) -> [YAMLDocument] {
        guard text.utf8.count <= limits.bytes else {
            throw YAMLError("the text has more than \(limits.bytes) bytes; divide it into several files")
        }
        // An alias is followed while the tree is made. So a text that may hold an anchor is read first with every `*`
        // replaced by a letter, which turns aliases into words: if no anchor shows up then, none can be followed.
        if AnchorScan.mayHoldAnchor(text) {
            let harmless = String(
                decoding: text.utf8.map { $0 == UInt8(ascii: "*") ? UInt8(ascii: "x") : $0 }, as: UTF8.self)
            _ = try read(harmless, limits)
        }
        return try read(text, limits)
    }

    private static func read(_ text: String, _ limits: YAMLLimits) throws(YAMLError) -> [YAMLDocument] {
        do {
            let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
            // The nodes hold their anchors weakly: the parser has to outlive the walk.
            return try withExtendedLifetime(parser) {
                var reader = YAMLTreeReader(limits: limits)
                var documents: [YAMLDocument] = []
                while let node = try parser.nextRoot() {
                    guard documents.count < limits.documents else {
                        throw YAMLError("the text has more than \(limits.documents) documents")
                    }
                    documents.append(YAMLDocument(root: try reader.value(of: node, depth: 0)))
                }
                return documents
            }
        } catch let error as YAMLError {
            throw error
        } catch let error as Yams.YamlError {
            throw YAMLError(error)
        } catch {
            throw YAMLError("the text is no YAML that can be read")
        }
    }

    /// The line of the first byte that is not UTF-8.
    private static func invalidLine(_ bytes: some Collection<UInt8>) -> Int {
        var line = 1
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { return line }
            line += 1
        }
        return line
    }
}

extension YAMLError {
    /// The library's own words, which are fixed phrases, with the line.
    init(_ error: Yams.YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            if problem.hasPrefix("Maximum nesting") {
                self.init("the text is nested too deeply", line: mark.line)
            } else if problem.hasPrefix("found undefined alias") {
                self.init("an alias (*name) is not read; write the value out", line: mark.line)
            } else {
                self.init("the text is no YAML here: \(problem)", line: mark.line)
            }
        case .reader(let problem, _, _, _):
            self.init("the text holds a character that YAML does not allow: \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            let quoted = names.prefix(3).map { "'\(YAMLTreeReader.printable($0))'" }.joined(separator: ", ")
            self.init("a key is there twice in one mapping: \(quoted)", line: context.mark.line)
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            self.init("the text is no YAML that can be read")
        }
    }
}
