public import ArtifactModel

extension IndicatorSet {
    /// The indicators that a text agrees with, taken as what `kind` says, in the order of ``indicators``.
    ///
    /// Links, hosts, paths and processes that match nothing, which is nearly all of them, take no memory from the heap,
    /// unless they are written in an unusual way.
    public func matches(_ text: String, as kind: Observable.Kind) -> [IndicatorMatch] {
        text.withBytes { matches($0, as: kind) }
    }

    /// The same for UTF-8 bytes.
    public func matches(_ bytes: UnsafeBufferPointer<UInt8>, as kind: Observable.Kind) -> [IndicatorMatch] {
        guard !bytes.isEmpty else { return [] }
        var found = Found()
        switch kind {
        case .url:
            findHost(bytes, &found)
            if !tables.links.isEmpty { findLink(bytes, &found) }
        case .hostName: findHost(bytes, &found)
        case .filePath: findPath(bytes, &found)
        case .processName: findProcess(bytes, &found)
        case .emailAddress, .account:
            if !tables.emailAddresses.isEmpty {
                find(ComparableText.emailAddress(bytes), in: tables.emailAddresses, &found)
            }
        case .phoneNumber: break
        case .applicationIdentifier:
            if !tables.applications.isEmpty { find(ComparableText.identifier(bytes), in: tables.applications, &found) }
        case .profileIdentifier:
            if !tables.profiles.isEmpty { find(ComparableText.identifier(bytes), in: tables.profiles, &found) }
        case .fileHash:
            if !tables.fileHashes.isEmpty { find(ComparableText.hash(bytes), in: tables.fileHashes, &found) }
        case .certificateHash:
            if !tables.certificateHashes.isEmpty {
                find(ComparableText.hash(bytes), in: tables.certificateHashes, &found)
            }
        }
        return found.isEmpty ? [] : found.matches(of: indicators)
    }

    /// What was found so far.
    struct Found {
        /// More than any reader is shown of one value; a set with one value under thousands of names ends here.
        static let limit = 200

        private var entries: [(indicator: Int, observed: String, manner: IndicatorMatch.Manner)] = []

        var isEmpty: Bool { entries.isEmpty }

        mutating func add(
            _ indicator: Int, _ observed: UnsafeBufferPointer<UInt8>, _ manner: IndicatorMatch.Manner
        ) {
            // The first manner in which an indicator is found is the closest.
            guard entries.count < Found.limit, !entries.contains(where: { $0.indicator == indicator }) else { return }
            entries.append((indicator, String(decoding: observed, as: UTF8.self), manner))
        }

        func matches(of indicators: [Indicator]) -> [IndicatorMatch] {
            entries.sorted { $0.indicator < $1.indicator }.map {
                IndicatorMatch(indicator: indicators[$0.indicator], observed: $0.observed, manner: $0.manner)
            }
        }
    }

    private func find(_ key: [UInt8]?, in table: ByteTable, _ found: inout Found) {
        key?.withUnsafeBufferPointer { find($0, in: table, .exact, &found) }
    }

    private func find(
        _ key: UnsafeBufferPointer<UInt8>, in table: ByteTable, _ manner: IndicatorMatch.Manner, _ found: inout Found
    ) {
        for posting in table.find(key) { found.add(posting.indicator, key, manner) }
    }

    // MARK: - Paths and processes

    private func findPath(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout Found) {
        guard !tables.paths.isEmpty || !tables.fileNames.isEmpty else { return }
        DevicePath.normalise(bytes) { path in
            let shorter = DevicePath.withoutUUID(path)
            let whole = shorter ?? path
            if !tables.paths.isEmpty {
                findBeginnings(of: whole, &found)
                if shorter != nil { find(path, in: tables.paths, .exact, &found) }
            }
            find(DevicePath.lastPart(whole), in: tables.fileNames, .fileName, &found)
            if shorter != nil { find(DevicePath.lastPart(path), in: tables.fileNames, .fileName, &found) }
        }
    }

    /// Hashes from the start, and asks for a key at every slash and at the end.
    private func findBeginnings(of path: UnsafeBufferPointer<UInt8>, _ found: inout Found) {
        var hash = ByteTable.seed
        var index = 0
        while true {
            let isAtEnd = index == path.count
            if isAtEnd || (path[index] == UInt8(ascii: "/") && index > 0), tables.paths.mayContain(hash) {
                let beginning = UnsafeBufferPointer(rebasing: path[..<index])
                for posting in tables.paths.find(beginning, hash: hash) {
                    found.add(posting.indicator, path, isAtEnd ? .exact : .pathPrefix)
                }
            }
            if isAtEnd { return }
            hash = ByteTable.hash(hash, path[index])
            index += 1
        }
    }

    /// A name; or `process/purpose`, whose halves are both looked at; or a path, whose last part is.
    private func findProcess(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout Found) {
        guard !tables.processes.isEmpty else { return }
        let slash = UInt8(ascii: "/")
        let name = ComparableText.trimmed(bytes)
        find(name, in: tables.processes, .exact, &found)
        guard let first = name.firstIndex(of: slash) else {
            findTruncated(name, &found)
            return
        }
        let after = UnsafeBufferPointer(rebasing: name[(first + 1)...])
        guard first == 0 || after.contains(slash) else {
            let before = UnsafeBufferPointer(rebasing: name[..<first])
            for half in [before, after] {
                find(half, in: tables.processes, .exact, &found)
                findTruncated(half, &found)
            }
            return
        }
        // Nothing cuts the names in a path.
        find(DevicePath.lastPart(DevicePath.withoutUUID(name) ?? name), in: tables.processes, .exact, &found)
    }

    private func findTruncated(_ name: UnsafeBufferPointer<UInt8>, _ found: inout Found) {
        guard name.count == IndicatorIndex.truncation else { return }
        find(name, in: tables.processBeginnings, .truncated, &found)
    }
}
