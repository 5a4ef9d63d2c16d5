import Foundation
import Indicators
public import Primitives

/// Asks sources for what is new, and puts it into a change of the store.
///
/// The only part of the house that connects to a network. A source that fails leaves its files as they were, and the
/// others are asked all the same.
public final class Updater {
    let change: StoreChange
    let downloader: Downloader
    let moment: Timestamp
    let trustedKeys: [PublisherKey]
    let allowOlder: Bool
    let limits: DownloadLimits
    private let environment: [String: String]

    /// Prepares an update; `environment` holds passwords and tokens under the names that the configuration gives.
    public init(
        _ change: StoreChange, configuration: Configuration, environment: [String: String], allowOlder: Bool = false,
        at moment: Timestamp
    ) {
        self.change = change
        self.environment = environment
        self.allowOlder = allowOlder
        self.moment = moment
        trustedKeys = configuration.trustedKeys
        limits = configuration.limits
        downloader = Downloader(limits)
    }

    /// Asks one source.
    public func update(_ source: SourceConfiguration) async -> SourceOutcome {
        var outcome = SourceOutcome(source: source.name)
        do throws(StoreError) {
            let address = try WebAddress(source.address, of: "the source '\(source.name)'")
            switch source.kind {
            case .index: try await updateIndex(source, address, &outcome)
            case .file: try await updateFile(source, address, &outcome)
            case .pack: try await updatePack(source, address, &outcome)
            case .misp: try await updateFeed(source, address, &outcome)
            case .taxii: try await updateCollections(source, address, &outcome)
            }
        } catch {
            outcome.failures.append(error.message)
        }
        return outcome
    }

    /// The files of a source as they are now.
    func files(of source: SourceConfiguration) -> [StoredFile] { change.current.filter { $0.source == source.name } }

    /// What a server is shown of a person: from the variables that the configuration names.
    func authorization(for source: SourceConfiguration) throws(StoreError) -> String? {
        func value(_ name: String) throws(StoreError) -> String {
            guard let value = environment[name], !value.isEmpty, !value.contains(where: \.isNewline) else {
                throw StoreError(.usage, "the environment variable \(name) is not set")
            }
            return value
        }
        if let name = source.tokenVariable { return "Bearer " + (try value(name)) }
        guard let user = source.userVariable, let password = source.passwordVariable else { return nil }
        let pair = try value(user) + ":" + value(password)
        return "Basic " + Data(pair.utf8).base64EncodedString()
    }

    /// A file that was fetched, or the one that was there if nothing is new.
    enum Fetched {
        case unchanged(StoredFile)
        case new(StoredFile, path: String)
    }

    /// Fetches a file, unless the server says that the one of this name is still right.
    func fetch(
        _ source: SourceConfiguration, _ address: WebAddress, as name: String, _ thing: String
    ) async throws(StoreError) -> Fetched {
        let old = change.files[name].flatMap { $0.source == source.name && $0.address == address.text ? $0 : nil }
        var request = DownloadRequest(address: address, thing: thing)
        request.authorization = try authorization(for: source)
        // What was not signed when it came is fetched again once a signature is asked for.
        if let old, source.key == nil || old.signer == source.key?.name {
            request.entityTag = old.entityTag
            request.lastModified = old.lastModified
        }
        let path = change.incomingPath()
        let download = try await downloader.fetch(request, into: path)
        if download.isUnchanged {
            guard let old else {
                throw StoreError(.unavailable, "the server says that \(thing) is unchanged, and it is not here")
            }
            return .unchanged(old)
        }
        var file = StoredFile(name: name, digest: download.digest, size: download.size, stored: moment)
        file.source = source.name
        file.address = address.text
        file.entityTag = download.headers["etag"]
        file.lastModified = download.headers["last-modified"]
        file.publisher = source.publisher
        file.licence = source.licence
        return .new(file, path: path)
    }

    /// The bytes of something that was fetched.
    func bytes(_ path: String) throws(StoreError) -> [UInt8] {
        guard let bytes = try DurableFile.bytes(path, limit: 2 << 30) else {
            throw StoreError(.data, "what was fetched is not there")
        }
        return bytes
    }

    /// Compares a fetched content with the publisher's signature, if a key is configured.
    func checkSignature(
        _ source: SourceConfiguration, _ address: WebAddress, _ content: String, _ thing: String
    ) async throws(StoreError) -> String? {
        guard let key = source.key else { return nil }
        let text = source.signatureAddress ?? address.text + ".minisig"
        var request = DownloadRequest(
            address: try WebAddress(text, of: "the signature of \(thing)"), thing: "the signature of \(thing)")
        request.authorization = request.address.hasServer(of: address) ? try authorization(for: source) : nil
        let path = change.incomingPath()
        do throws(StoreError) {
            _ = try await downloader.fetch(request, into: path)
        } catch {
            throw StoreError(
                .refused,
                "\(thing) was not used: a key is configured for it, and its signature could not be fetched ("
                    + "\(error.message))")
        }
        guard let signature = PublisherSignature(try bytes(path)) else {
            throw StoreError(.refused, "\(thing) was not used: its signature is not one of minisign")
        }
        return try signature.verify(try bytes(content), of: thing, byOneOf: [key])
    }

    /// Refuses a file that gives no indicator, as an error page, and one that is damaged: half a file would take the place
    /// of a whole one, and nobody would know what is missing.
    func examine(_ path: String, _ name: String, _ thing: String) throws(StoreError) {
        var builder = IndicatorSet.Builder()
        let loaded = IndicatorFile.load(try FileBytes(path), name: name, into: &builder)
        if loaded.count > 0 || !loaded.patterns.isEmpty {
            guard let damage = loaded.problems.first(where: { $0.kind == .damagedFile }) else { return }
            let reason = damage.reason.replacing(" What stands before was used.", with: "")
            throw StoreError(.data, "\(thing) was not used. \(reason)")
        }
        throw StoreError(
            .data,
            "\(thing) was not used: it gave no indicator"
                + (loaded.problems.first.map { " (\($0.reason))" } ?? ""))
    }

    // MARK: - One file

    func updateFile(
        _ source: SourceConfiguration, _ address: WebAddress, _ outcome: inout SourceOutcome
    ) async throws(StoreError) {
        let name = source.name + "/" + Updater.lastName(address)
        switch try await fetch(source, address, as: name, "the file") {
        case .unchanged: outcome.unchanged += 1
        case .new(var file, let path):
            file.signer = try await checkSignature(source, address, path, "the file")
            try examine(path, name, "the file")
            try keep(file, path, &outcome)
        }
        for other in files(of: source) where other.name != name {
            change.remove(other.name)
            outcome.removed.append(other.name)
        }
    }

    /// Puts what was fetched into the change, and says whether it is new.
    func keep(_ file: StoredFile, _ path: String, _ outcome: inout SourceOutcome) throws(StoreError) {
        let isNew = change.files[file.name]?.digest != file.digest
        try change.put(incoming: path, file)
        if isNew, file.role == .indicators { outcome.changed.append(file.name) } else { outcome.unchanged += 1 }
    }

    static func lastName(_ address: WebAddress) -> String {
        let last = address.url.lastPathComponent
        return last.isEmpty || last == "/" ? "indicators" : StoredFile.name(from: last)
    }

    // MARK: - A pack

    func updatePack(
        _ source: SourceConfiguration, _ address: WebAddress, _ outcome: inout SourceOutcome
    ) async throws(StoreError) {
        let keys = source.key.map { [$0] } ?? trustedKeys
        let listName = source.name + "/pack"
        var request = DownloadRequest(address: address, thing: "the pack")
        request.authorization = try authorization(for: source)
        let old = change.files[listName]
        request.entityTag = old?.entityTag
        request.lastModified = old?.lastModified
        let path = change.incomingPath()
        let download = try await downloader.fetch(request, into: path)
        guard !download.isUnchanged else { return outcome.unchanged += 1 }
        let before = Set(change.current.map(\.digest))
        let pack = try change.add(
            pack: path, name: source.name, keys: keys, allowOlder: allowOlder, at: moment)
        for file in change.current where file.source == pack.manifest.name {
            if before.contains(file.digest) { outcome.unchanged += 1 } else { outcome.changed.append(file.name) }
        }
        if let name = pack.unknownSigner {
            outcome.remarks.append(
                "it is signed with the key \(name); 'trusted_keys' in the configuration would have it compared")
        }
        // The headers of the server, kept with an empty list, so that the next update asks for what is new only.
        var mark = try change.put([], name: listName, at: moment)
        mark.role = .list
        mark.source = source.name
        mark.entityTag = download.headers["etag"]
        mark.lastModified = download.headers["last-modified"]
        change.put(mark)
    }
}
