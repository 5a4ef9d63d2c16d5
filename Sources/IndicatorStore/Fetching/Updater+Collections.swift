import FileFormats
import Foundation
import Primitives

extension Updater {
    private static var accept: String { "application/taxii+json;version=2.1" }
    /// More answers than any collection needs.
    private static var pageLimit: Int { 100_000 }
    /// More answers in a row without a new object than a server gives that has an end.
    private static var idlePageLimit: Int { 500 }
    /// How many times the time for one file a whole collection may take.
    private static var patience: Double { 6 }

    /// Fetches what is new in the collections of a TAXII 2.1 server, named by its discovery, API root or collection.
    ///
    /// Source: https://docs.oasis-open.org/cti/taxii/v2.1/os/taxii-v2.1-os.html
    func updateCollections(
        _ source: SourceConfiguration, _ address: WebAddress, _ outcome: inout SourceOutcome
    ) async throws(StoreError) {
        var names: Set<String> = []
        var found: Set<String> = []
        for root in try await roots(source, address) {
            let (value, _) = try await ask(
                source, try WebAddress("collections/", relativeTo: root, of: "the collections"), "the collections")
            let listed = value["collections"]?.list ?? []
            guard listed.count <= 1_000 else { throw StoreError(.data, "the server lists more than 1,000 collections") }
            for collection in listed {
                guard let identifier = collection["id"]?.text, Updater.isIdentifier(identifier) else {
                    outcome.failures.append("a collection has an identifier that TAXII does not allow")
                    continue
                }
                let alias = collection["alias"]?.text
                guard
                    source.collections.isEmpty || source.collections.contains(identifier)
                        || alias.map(source.collections.contains) == true
                else { continue }
                let name = "\(source.name)/\(identifier).stix2"
                names.insert(name)
                found.insert(identifier)
                if let alias { found.insert(alias) }
                guard collection["can_read"]?.truth != false else {
                    outcome.remarks.append("the collection \(identifier) may not be read")
                    continue
                }
                do throws(StoreError) {
                    try await update(collection: identifier, at: root, as: name, of: source, &outcome)
                } catch {
                    outcome.failures.append("\(name): \(error.message)")
                }
            }
        }
        for wanted in source.collections where !found.contains(wanted) {
            outcome.failures.append("the server lists no collection \(wanted)")
        }
        for file in files(of: source) where !names.contains(file.name) {
            change.remove(file.name)
            outcome.removed.append(file.name)
        }
    }

    /// The API roots that an address leads to: itself, or those that a discovery lists on the same server.
    private func roots(_ source: SourceConfiguration, _ address: WebAddress) async throws(StoreError) -> [WebAddress] {
        let address = try Updater.folder(address)
        let (value, _) = try await ask(source, address, "the discovery")
        guard let listed = value["api_roots"]?.list else {
            guard value["versions"] != nil || value["max_content_length"] != nil else {
                throw StoreError(.data, "expected a discovery or an API root of TAXII 2.1 at this address")
            }
            return [address]
        }
        guard listed.count <= 100 else { throw StoreError(.data, "the server lists more than 100 API roots") }
        var roots: [WebAddress] = []
        for text in listed.compactMap(\.text) {
            let root = try Updater.folder(WebAddress(text, relativeTo: address, of: "an API root"))
            guard root.hasServer(of: address) else {
                throw StoreError(
                    .refused, "the discovery names an API root on another server; configure its address if you trust it"
                )
            }
            if !roots.contains(root) { roots.append(root) }
        }
        return roots
    }

    /// An address that ends in a slash, so that names can be put behind it.
    static func folder(_ address: WebAddress) throws(StoreError) -> WebAddress {
        guard var parts = URLComponents(url: address.url, resolvingAgainstBaseURL: true) else { return address }
        parts.query = nil
        parts.fragment = nil
        if !parts.percentEncodedPath.hasSuffix("/") { parts.percentEncodedPath += "/" }
        return try WebAddress(parts.string ?? address.text, of: "an API root")
    }

    /// Asks for a resource of TAXII.
    private func ask(
        _ source: SourceConfiguration, _ address: WebAddress, _ thing: String
    ) async throws(StoreError) -> (value: JSONValue, headers: [String: String]) {
        let (content, headers) = try await content(source, address, thing)
        do throws(ParseError) {
            return (try JSONValue(content, depthLimit: 32), headers)
        } catch {
            throw StoreError(.data, "\(thing) is not what it should be (\(error))")
        }
    }

    private func content(
        _ source: SourceConfiguration, _ address: WebAddress, _ thing: String
    ) async throws(StoreError) -> (bytes: [UInt8], headers: [String: String]) {
        var request = DownloadRequest(address: address, thing: thing, accept: Updater.accept)
        request.authorization = try authorization(for: source)
        let path = change.incomingPath()
        let download = try await downloader.fetch(request, into: path)
        defer { unlink(path) }
        let kind = (download.headers["content-type"] ?? "").lowercased().replacing(" ", with: "")
        guard kind.hasPrefix("application/taxii+json"), !kind.contains("version=2.0") else {
            throw StoreError(.data, "\(thing) is not sent as TAXII 2.1")
        }
        return (try bytes(path), download.headers)
    }

    /// Fetches what was added to a collection since the last time, and puts it behind what is there.
    private func update(
        collection identifier: String, at root: WebAddress, as name: String, of source: SourceConfiguration,
        _ outcome: inout SourceOutcome
    ) async throws(StoreError) {
        let objects = try WebAddress("collections/\(identifier)/objects/", relativeTo: root, of: "a collection")
        let old = change.files[name].flatMap { $0.address == objects.text ? $0 : nil }
        var bundle = ObjectBundle()
        if let old { try bundle.add(try change.bytes(of: old), "the collection as it is here") }
        let before = bundle.count
        var mark = old?.version
        var next: String?
        var idlePages = 0
        let deadline = ContinuousClock.now + .seconds(limits.seconds * Updater.patience)
        for page in 0... {
            guard page < Updater.pageLimit, idlePages < Updater.idlePageLimit else {
                throw StoreError(.unavailable, "the collection has no end")
            }
            guard ContinuousClock.now < deadline else {
                throw StoreError(.unavailable, "the server took too long for the collection")
            }
            var query: [String] = []
            if let since = old?.version { query.append("added_after=" + Updater.escape(since)) }
            if let next { query.append("next=" + Updater.escape(next)) }
            let address =
                query.isEmpty
                ? objects : try WebAddress("?" + query.joined(separator: "&"), relativeTo: objects, of: "a page")
            let (content, headers) = try await content(source, address, "page \(page + 1)")
            let known = bundle.count
            let envelope = try bundle.add(content, "page \(page + 1)")
            idlePages = bundle.count > known ? 0 : idlePages + 1
            guard bundle.size <= DownloadLimits.file else {
                throw StoreError(.unavailable, "the collection is larger than \(DownloadLimits.file) bytes")
            }
            if let last = headers["x-taxii-date-added-last"], Timestamp(rfc3339: last) != nil { mark = last }
            guard envelope.hasMore else { break }
            guard let following = envelope.next, following != next else {
                throw StoreError(.unavailable, "the server announces more and does not say where")
            }
            next = following
        }
        if bundle.count == before, let old {
            var file = old
            file.version = mark
            change.put(file)
            outcome.unchanged += 1
            return
        }
        let isNew = change.files[name] == nil
        var file = try change.put(bundle.bytes(for: objects.text), name: name, at: moment)
        file.source = source.name
        file.address = objects.text
        file.version = mark
        file.publisher = source.publisher
        file.licence = source.licence
        change.put(file)
        if isNew || bundle.count > before { outcome.changed.append(name) }
    }

    /// An identifier or alias that can stand in an address.
    static func isIdentifier(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text != "." && text != ".."
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            }
    }

    private static func escape(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
