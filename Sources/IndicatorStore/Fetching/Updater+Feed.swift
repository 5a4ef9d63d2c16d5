import FileFormats
import Foundation
import Primitives

extension Updater {
    /// More events than any feed has.
    private static var eventLimit: Int { 50_000 }

    /// Fetches the manifest of a MISP feed, and every event whose time stamp there is another than before.
    ///
    /// Source: https://www.misp-standard.org/rfc/misp-standard-core.html#name-manifest
    func updateFeed(
        _ source: SourceConfiguration, _ address: WebAddress, _ outcome: inout SourceOutcome
    ) async throws(StoreError) {
        let manifest =
            address.url.lastPathComponent == "manifest.json"
            ? address : try WebAddress("manifest.json", relativeTo: Updater.folder(address), of: "the manifest")
        let listName = source.name + "/manifest.json"
        let events: [(identifier: String, version: String)]
        switch try await fetch(source, manifest, as: listName, "the manifest") {
        case .unchanged(let file): events = try Updater.events(change.bytes(of: file))
        case .new(var file, let path):
            events = try Updater.events(bytes(path))
            file.role = .list
            try change.put(incoming: path, file)
        }
        var names: Set<String> = [listName]
        for (identifier, version) in events {
            let name = "\(source.name)/\(identifier).json"
            names.insert(name)
            if let old = change.files[name], old.version == version {
                outcome.unchanged += 1
                continue
            }
            do throws(StoreError) {
                let event = try WebAddress("\(identifier).json", relativeTo: manifest, of: "an event")
                switch try await fetch(source, event, as: name, "the event") {
                case .unchanged(var file):
                    file.version = version
                    change.put(file)
                    outcome.unchanged += 1
                case .new(var file, let path):
                    guard let value = try? JSONValue(bytes(path)), value["Event"] != nil else {
                        throw StoreError(.data, "it is no event of MISP")
                    }
                    file.version = version
                    file.publisher = value["Event"]?["Orgc"]?["name"]?.text ?? source.publisher
                    try keep(file, path, &outcome)
                }
            } catch {
                outcome.failures.append("\(name): \(error.message)")
                // A feed whose server is gone is not asked for each of its thousands of events.
                guard outcome.failures.count < 20 else {
                    throw StoreError(.unavailable, "and no more events were asked for")
                }
            }
        }
        for file in files(of: source) where !names.contains(file.name) {
            change.remove(file.name)
            outcome.removed.append(file.name)
        }
    }

    /// Identifiers and time stamps of the events that a manifest lists, in the order of the identifiers.
    static func events(_ manifest: [UInt8]) throws(StoreError) -> [(identifier: String, version: String)] {
        let value: JSONValue
        do throws(ParseError) {
            value = try JSONValue(manifest, depthLimit: 32)
        } catch {
            throw StoreError(.data, "the manifest is not what it should be (\(error))")
        }
        guard case .object = value else { throw StoreError(.data, "the manifest is no list of events") }
        let members = value.members
        guard members.count <= eventLimit else {
            throw StoreError(.data, "the manifest lists more than \(eventLimit) events")
        }
        return try members.map { (name, event) throws(StoreError) in
            // A name of the publisher becomes part of an address: nothing else than a UUID is one.
            guard let identifier = UUID(uuidString: name)?.uuidString.lowercased() else {
                throw StoreError(.data, "the manifest names an event by something else than a UUID")
            }
            let version = event["timestamp"]?.text ?? event["timestamp"]?.integer.map { "\($0)" } ?? ""
            return (identifier, version)
        }
    }
}
