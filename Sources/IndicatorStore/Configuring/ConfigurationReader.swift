import Primitives
import YAMLFormat

/// Makes a configuration of YAML, and refuses what it does not know: a misspelled key would be a silent default.
enum ConfigurationReader {
    /// What is wrong, and in which line.
    struct Objection: Error {
        let line: Int?
        let words: String

        init(_ line: Int?, _ words: String) {
            self.line = line
            self.words = words
        }
    }

    static func read(_ bytes: [UInt8]) throws(Objection) -> Configuration {
        // Some readers take that for the end of the text, and what stands behind it would be ignored in silence.
        guard !bytes.contains(0) else { throw Objection(nil, "it holds a zero byte.") }
        let documents: [YAMLDocument]
        do throws(YAMLError) {
            documents = try YAMLDocument.documents(in: bytes)
        } catch {
            throw Objection(error.line, error.reason + ".")
        }
        var configuration = Configuration()
        guard let root = documents.first?.root, !(root.scalar?.isNull ?? false) else { return configuration }
        guard documents.count == 1 else { throw Objection(nil, "expected one document.") }
        for member in try members(of: root, "the configuration", ["data", "cache", "proxy", "indicators"]) {
            switch member.name {
            case "data": configuration.data = try path(member)
            case "cache": configuration.cache = try path(member)
            case "proxy": configuration.proxy = try text(member)
            default: try readIndicators(member.value, into: &configuration)
            }
        }
        return configuration
    }

    private static func readIndicators(_ value: YAMLValue, into configuration: inout Configuration) throws(Objection) {
        var sources: [SourceConfiguration] = []
        var usesDefaults = true
        let known = [
            "keep_generations", "file_limit", "total_limit", "time_limit", "trusted_keys", "default_sources", "sources",
        ]
        for member in try members(of: value, "indicators", known) {
            switch member.name {
            case "keep_generations": configuration.generations = try number(member, 1...1_000)
            case "file_limit": configuration.limits.fileBytes = try size(member)
            case "total_limit": configuration.limits.totalBytes = try size(member)
            case "time_limit": configuration.limits.seconds = Double(try number(member, 1...86_400))
            case "default_sources": usesDefaults = try truth(member)
            case "trusted_keys":
                for (index, text) in try texts(member).enumerated() {
                    configuration.trustedKeys.append(try key(text, member.value.sequence?[index].line ?? member.line))
                }
            default:
                guard let list = member.value.sequence else {
                    throw Objection(member.line, "sources takes a list; each begins with '- name: NAME'.")
                }
                for value in list {
                    let source = try self.source(value)
                    guard !sources.contains(where: { $0.name == source.name }) else {
                        throw Objection(value.line, "two sources are called '\(source.name)'.")
                    }
                    sources.append(source)
                }
            }
        }
        configuration.sources = sources
        if usesDefaults {
            configuration.sources += SourceConfiguration.defaults.filter { standard in
                !sources.contains { $0.name == standard.name }
            }
        }
    }

    private static let sourceKeys = [
        "name", "kind", "url", "key", "signature", "publisher", "licence", "collections", "user_environment",
        "password_environment", "token_environment", "enabled",
    ]

    private static func source(_ value: YAMLValue) throws(Objection) -> SourceConfiguration {
        let members = try members(of: value, "a source", sourceKeys)
        func member(_ name: String) throws(Objection) -> YAMLMember {
            guard let member = members.first(where: { $0.name == name }) else {
                throw Objection(value.line, "a source needs '\(name)'.")
            }
            return member
        }
        let name = try member("name")
        let words = try text(name)
        guard StoredFile.name(from: words) == words else {
            throw Objection(
                name.line, "the name of a source is plain ASCII without spaces, slashes or quotation marks.")
        }
        let word = try text(member("kind"))
        guard let kind = SourceConfiguration.Kind(rawValue: word) else {
            let kinds = SourceConfiguration.Kind.allCases.map(\.rawValue)
            throw Objection(
                try member("kind").line,
                "'\(word.printable)' is no kind of source." + Nearest.suggestion(for: word, among: kinds)
                    + " They are: \(kinds.joined(separator: ", ")).")
        }
        let address = try member("url")
        do throws(StoreError) {
            _ = try WebAddress(text(address, as: StoreError.self), of: "the source '\(words)'")
        } catch {
            throw Objection(address.line, error.message)
        }
        var source = SourceConfiguration(name: words, kind: kind, address: try text(address))
        for member in members {
            switch member.name {
            case "key": source.key = try key(text(member), member.value.line)
            case "signature": source.signatureAddress = try text(member)
            case "publisher": source.publisher = try text(member)
            case "licence": source.licence = try text(member)
            case "collections": source.collections = try texts(member)
            case "user_environment": source.userVariable = try variable(member)
            case "password_environment": source.passwordVariable = try variable(member)
            case "token_environment": source.tokenVariable = try variable(member)
            case "enabled": source.isEnabled = try truth(member)
            default: break
            }
        }
        guard (source.userVariable == nil) == (source.passwordVariable == nil) else {
            throw Objection(value.line, "user_environment and password_environment go together.")
        }
        guard source.tokenVariable == nil || source.userVariable == nil else {
            throw Objection(value.line, "a source takes a password or a token, not both.")
        }
        guard source.collections.isEmpty || kind == .taxii else {
            throw Objection(value.line, "collections belong to a source of kind taxii.")
        }
        guard source.key == nil || kind != .taxii && kind != .misp else {
            throw Objection(
                value.line, "a key belongs to a source of kind index, file or pack; this kind has no signature.")
        }
        return source
    }
}
