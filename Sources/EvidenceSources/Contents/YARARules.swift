public import ArtifactModel
public import Primitives

/// A file of YARA rules that an analyst brought, compiled by the libyara that is installed.
///
/// The rules are the analyst's own and are trusted as far as a person trusts them; contents are evidence and bounded in
/// size and time.
public final class YARARules: ContentScanner, @unchecked Sendable {
    // The rules are never changed after they were compiled, and the library scans with them from several threads.

    private let library: YARALibrary
    private let rules: OpaquePointer

    /// Larger contents are not scanned, in bytes.
    private static let sizeLimit = 64 << 20
    /// No single content is scanned for longer, in seconds.
    private static let timeLimit: Int32 = 30
    /// Larger rule files are refused, in bytes.
    private static let textLimit = 32 << 20

    /// Compiles the rules of a file; throws a sentence for the person who gave it.
    public init(path: String) throws(EvidenceError) {
        let shown = EvidenceError.shown(path)
        guard let library = YARALibrary.shared else {
            throw EvidenceError(
                .notOpenable,
                "--yara needs libyara 4, which is not installed here. Install it (Debian: libyara9 or libyara10, "
                    + "Homebrew: yara), or check without --yara.")
        }
        let text: [UInt8]
        do throws(ParseError) {
            text = try FileSource(named: path).bytes(limit: YARARules.textLimit)
        } catch {
            throw EvidenceError(
                error.kind == .absent ? .notThere : .notOpenable,
                "The YARA rules \(shown) can't be read: \(error.expected) was expected.")
        }
        guard !text.contains(0), let source = String(validating: text, as: UTF8.self) else {
            throw EvidenceError(.notEvidence, "\(shown) is no file of YARA rules: expected UTF-8 text.")
        }
        self.library = library
        rules = try YARARules.compile(source, library, shown)
    }

    deinit { _ = library.destroyRules(rules) }

    /// What the compiler said, for the sentence.
    private final class Messages {
        var first: (line: Int32, text: String)?
    }

    private static func compile(
        _ source: String, _ library: YARALibrary, _ shown: String
    ) throws(EvidenceError) -> OpaquePointer {
        var compiler: OpaquePointer?
        guard library.createCompiler(&compiler) == 0 else {
            throw EvidenceError(.notOpenable, "libyara has no memory for a compiler.")
        }
        defer { library.destroyCompiler(compiler) }
        let messages = Messages()
        library.setCallback(
            compiler,
            { level, _, line, _, message, context in
                guard level == 0, let context, let message else { return }
                let messages = Unmanaged<Messages>.fromOpaque(context).takeUnretainedValue()
                if messages.first == nil { messages.first = (line, String(cString: message)) }
            }, Unmanaged.passUnretained(messages).toOpaque())
        // Rules that include other files would read whatever path stands in them.
        library.setIncludes(compiler, nil, nil, nil)
        let errors = library.addText(compiler, source, nil)
        var rules: OpaquePointer?
        guard errors == 0, library.makeRules(compiler, &rules) == 0, let rules else {
            var sentence = "The YARA rules \(shown) can't be used"
            if let first = messages.first {
                sentence += ": line \(first.line): \(EvidenceError.shown(first.text))"
            }
            throw EvidenceError(.notEvidence, sentence + ". Give one file of rules without include.")
        }
        return rules
    }

    /// The names of rules that matched, while one content is scanned.
    private final class Found {
        var names: Set<String> = []
        let nameOffset: Int
        init(nameOffset: Int) { self.nameOffset = nameOffset }
    }

    public func rules(matching content: any ByteSource) throws(ParseError) -> [String] {
        let bytes = try content.bytes(limit: YARARules.sizeLimit)
        let found = Found(nameOffset: library.nameOffset)
        let result = bytes.withUnsafeBufferPointer { bytes in
            // 1: stop looking for a string once it was found. 4: leave the handlers of signals alone.
            library.scan(
                rules, bytes.baseAddress, bytes.count, 1 | 4,
                { _, message, data, context in
                    guard message == 1, let data, let context else { return 0 }
                    let found = Unmanaged<Found>.fromOpaque(context).takeUnretainedValue()
                    found.names.insert(YARARules.name(of: data, at: found.nameOffset))
                    return 0
                }, Unmanaged.passUnretained(found).toOpaque(), YARARules.timeLimit)
        }
        switch result {
        case 0: return found.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        case 26: throw ParseError(.beyondLimit, "a content that the YARA rules examine within \(YARARules.timeLimit) s")
        default: throw ParseError(.unreadable, "a content that libyara can examine")
        }
    }

    /// The name of a rule: a letter or underscore, then letters, digits and underscores, at most 128 of them.
    private static func name(of rule: UnsafeMutableRawPointer, at offset: Int) -> String {
        let start = rule.load(fromByteOffset: offset, as: UnsafePointer<UInt8>?.self)
        var name: [UInt8] = []
        while let byte = start?[name.count], byte != 0, name.count < 128 {
            let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
            guard isLetter || (0x30...0x39).contains(byte) else { break }
            name.append(byte)
        }
        return name.isEmpty
            ? "a rule whose name this version of libyara does not tell" : String(decoding: name, as: UTF8.self)
    }
}

/// Evidence whose contents are compared with the rules of an analyst, too.
public struct ScannedEvidence: Evidence {
    private let base: any Evidence
    /// The rules.
    public let contentScanner: (any ContentScanner)?

    /// Joins evidence and rules.
    public init(_ base: any Evidence, scanner: some ContentScanner) {
        self.base = base
        contentScanner = scanner
    }

    public var summary: EvidenceSummary { base.summary }
    public func files(at place: Place) throws(ParseError) -> [EvidenceFile] { try base.files(at: place) }
    public func expectEveryFile() { base.expectEveryFile() }
    public func canHold(_ place: Place) -> Bool { base.canHold(place) }
    public func stores(_ containerPath: String) -> Bool { base.stores(containerPath) }
    public func forEachFile(_ body: (EvidenceFile) throws -> Void) throws { try base.forEachFile(body) }
}
