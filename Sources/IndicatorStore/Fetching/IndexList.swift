import Foundation
import YAMLFormat

/// An index of files with indicators: the YAML form that the MVT project publishes.
///
/// `indicators:` holds a list; an entry has a `name`, the `sources` and `references` of what it lists, and either
/// `github` (`owner`, `repo`, `branch`, `path`) or `download_url`. A `sha256` is ours.
/// Source: https://github.com/mvt-project/mvt-indicators
struct IndexList {
    /// A file that the index lists.
    struct Entry: Hashable {
        let address: WebAddress
        let title: String
        let publisher: String?
        let references: [String]
        let digest: String?
    }

    /// The entries that can be fetched, in their order.
    private(set) var entries: [Entry] = []
    /// Why others can't.
    private(set) var problems: [String] = []

    /// More files than any index lists.
    static let limit = 5_000

    init(_ bytes: [UInt8]) throws(StoreError) {
        let documents: [YAMLDocument]
        do throws(YAMLError) {
            documents = try YAMLDocument.documents(in: bytes)
        } catch {
            throw StoreError(.data, "the index is no YAML: \(error)")
        }
        guard let list = documents.first?.root["indicators"]?.sequence else {
            throw StoreError(.data, "the index holds no list named 'indicators'")
        }
        guard list.count <= IndexList.limit else {
            throw StoreError(.data, "the index lists more than \(IndexList.limit) files")
        }
        for value in list {
            do throws(StoreError) {
                let entry = try IndexList.entry(value)
                if !entries.contains(where: { $0.address == entry.address }) { entries.append(entry) }
            } catch {
                problems.append("line \(value.line) of the index: \(error.message)")
            }
        }
    }

    private static func entry(_ value: YAMLValue) throws(StoreError) -> Entry {
        let title = value["name"]?.text ?? "a file without a name"
        let digest = value["sha256"]?.text?.lowercased()
        if let digest, !StoredFile.isDigest(digest) {
            throw StoreError(.data, "the sha256 of an entry has 64 hexadecimal digits")
        }
        let address: WebAddress
        if let github = value["github"] {
            address = try self.address(github: github)
        } else if let text = value["download_url"]?.text {
            address = try WebAddress(text, of: "an entry")
        } else {
            throw StoreError(.data, "an entry names neither a file on GitHub nor a download_url")
        }
        return Entry(
            address: address, title: String(title.prefix(200)),
            publisher: value["sources"]?.texts?.joined(separator: ", "), references: value["references"]?.texts ?? [],
            digest: digest)
    }

    private static func address(github value: YAMLValue) throws(StoreError) -> WebAddress {
        let parts = [
            value["owner"]?.text, value["repo"]?.text, value["branch"] == nil ? "main" : value["branch"]?.text,
            value["path"]?.text,
        ].compactMap { $0 }
        guard parts.count == 4 else {
            throw StoreError(.data, "an entry on GitHub names owner, repo and path")
        }
        let components = parts.flatMap { $0.split(separator: "/", omittingEmptySubsequences: false).map(String.init) }
        let allowed = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~+@")
        let escaped = components.compactMap { component in
            component.isEmpty || component == "." || component == ".."
                ? nil : component.addingPercentEncoding(withAllowedCharacters: allowed)
        }
        guard escaped.count == components.count else {
            throw StoreError(.data, "the path of an entry on GitHub leads elsewhere")
        }
        return try WebAddress("https://raw.githubusercontent.com/" + escaped.joined(separator: "/"), of: "an entry")
    }
}
