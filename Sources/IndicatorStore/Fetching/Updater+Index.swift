import Foundation

extension Updater {
    /// Fetches an index and every file that it lists. A file that fails stays as it was; one that is no longer listed
    /// goes.
    func updateIndex(
        _ source: SourceConfiguration, _ address: WebAddress, _ outcome: inout SourceOutcome
    ) async throws(StoreError) {
        let listName = source.name + "/index"
        let content: [UInt8]
        switch try await fetch(source, address, as: listName, "the index") {
        case .unchanged(let file): content = try change.bytes(of: file)
        case .new(var file, let path):
            content = try bytes(path)
            file.signer = try await checkSignature(source, address, path, "the index")
            file.role = .list
            _ = try IndexList(content)
            try change.put(incoming: path, file)
        }
        let index = try IndexList(content)
        outcome.failures += index.problems
        let names = Updater.names(of: index.entries, below: source.name)
        for (entry, name) in zip(index.entries, names) {
            do throws(StoreError) {
                try await update(entry, as: name, of: source, &outcome)
            } catch {
                let kept = change.files[name] == nil ? "" : "; the earlier one stays"
                outcome.failures.append("\(name): \(error.message)\(kept)")
            }
        }
        // What a broken entry was about is not known, so nothing goes while there is one.
        guard index.problems.isEmpty else { return }
        for file in files(of: source) where file.name != listName && !names.contains(file.name) {
            change.remove(file.name)
            outcome.removed.append(file.name)
        }
    }

    private func update(
        _ entry: IndexList.Entry, as name: String, of source: SourceConfiguration, _ outcome: inout SourceOutcome
    ) async throws(StoreError) {
        // The key of an index is that of the index: what it lists comes from others.
        var listed = source
        listed.key = nil
        if !entry.address.hasServer(of: try WebAddress(source.address, of: "the index")) {
            listed.tokenVariable = nil
            listed.userVariable = nil
            listed.passwordVariable = nil
        }
        switch try await fetch(listed, entry.address, as: name, "the file") {
        case .unchanged(var file):
            file.publisher = entry.publisher ?? source.publisher
            file.references = entry.references
            change.put(file)
            outcome.unchanged += 1
        case .new(var file, let path):
            if let digest = entry.digest, digest != file.digest {
                throw StoreError(.refused, "its content is not the one that the index names (SHA-256)")
            }
            try examine(path, name, "it")
            file.publisher = entry.publisher ?? source.publisher
            file.references = entry.references
            try keep(file, path, &outcome)
        }
    }

    /// The last parts of the addresses; where two are the same, as much of the paths as tells them apart.
    static func names(of entries: [IndexList.Entry], below source: String) -> [String] {
        let parts = entries.map { $0.address.url.path.split(separator: "/").map(String.init) }
        var lengths = [Int](repeating: 1, count: entries.count)
        func name(_ index: Int) -> String {
            let tail = parts[index].suffix(lengths[index])
            return source + "/" + StoredFile.name(from: tail.joined(separator: "-"))
        }
        let longest = parts.map(\.count).max() ?? 1
        for _ in 0..<max(1, min(longest, 32)) {
            var groups: [String: [Int]] = [:]
            for index in entries.indices { groups[name(index).lowercased(), default: []].append(index) }
            let doubled = groups.values.filter { $0.count > 1 }.flatMap { $0 }
            if doubled.isEmpty { break }
            for index in doubled { lengths[index] += 1 }
        }
        var taken: Set<String> = []
        return entries.indices.map { index in
            var text = name(index)
            var number = 1
            while !taken.insert(text.lowercased()).inserted {
                number += 1
                text = name(index) + "-\(number)"
            }
            return text
        }
    }
}
