extension IndicatorSet {
    private static var slash: UInt8 { UInt8(ascii: "/") }

    /// A path on the device: the whole, every folder above it, its last part, its end, and patterns.
    func findPath(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        let compiled = self.compiled
        guard
            compiled.has(.paths) || compiled.has(.fileNames) || compiled.has(.pathEndings)
                || compiled.has(.pathPatterns)
        else { return }
        DevicePath.normalise(bytes) { path in
            let shorter = DevicePath.withoutUUID(path)
            for path in shorter.map({ [$0, path] }) ?? [path] {
                // What is above the shorter path is above the whole one as well.
                let isAgain = shorter != nil && path.count != shorter?.count
                if compiled.has(.paths) {
                    findBeginnings(of: path, container: nil, onlyWhole: isAgain, &found)
                    if let container = DevicePath.container(path) {
                        findBeginnings(of: path, container: container, onlyWhole: isAgain, &found)
                    }
                }
                find(.fileNames, DevicePath.lastPart(path), .fileName, &found)
                if compiled.has(.pathEndings) { findEndings(of: path, &found) }
            }
            if compiled.has(.pathPatterns) { findPatterns(shorter ?? path, &found) }
        }
    }

    /// Hashes from the start, and asks for a key behind every part. With `container`, that part is taken for a star.
    private func findBeginnings(
        of path: UnsafeBufferPointer<UInt8>, container: Range<Int>?, onlyWhole: Bool, _ found: inout MatchCollection
    ) {
        forEachBeginning(of: path, container, .paths) { number, end in
            let isWhole = end == path.count
            if isWhole || !onlyWhole {
                found.add(compiled.indicators(under: number), path, isWhole ? .exact : .pathPrefix)
            }
        }
    }

    /// Lends the number of every key that is a folder above a path, or the path, and where it ends.
    private func forEachBeginning(
        of path: UnsafeBufferPointer<UInt8>, _ container: Range<Int>?, _ table: CompiledLayout.Table,
        _ body: (Int, Int) -> Void
    ) {
        let seed = table.seed(compiled.seed)
        var hash = seed
        // The root.
        if compiled.mayContain(hash), let number = compiled.find(table, hash, { $0.elementsEqual([Self.slash]) }) {
            body(number, path.count > 1 ? 1 : path.count)
        }
        var index = 1
        while index < path.count {
            var end = index
            while end < path.count, path[end] != Self.slash { end += 1 }
            if let container, container.lowerBound == index {
                var star = DevicePath.star
                hash = withUnsafeBytes(of: &star) { $0.baseAddress.map { KeyHash.absorb(hash, $0, 1) } ?? hash }
            } else {
                hash = KeyHash.absorb(hash, path, index, end)
            }
            // Without its container the path is the same as with it, up to there.
            if container.map({ end >= $0.upperBound }) ?? true, compiled.mayContain(hash) {
                let number = compiled.find(table, hash) { key in
                    guard let container else { return key.elementsEqual(path[..<end]) }
                    var beginning = Array(path[..<end])
                    beginning.replaceSubrange(container, with: CollectionOfOne(DevicePath.star))
                    return key.elementsEqual(beginning)
                }
                if let number { body(number, end) }
            }
            index = end + 1
        }
    }

    /// Hashes from the end, and asks for a key before every part.
    private func findEndings(of path: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        var hash = CompiledLayout.Table.pathEndings.seed(compiled.seed)
        var end = path.count
        while end > 0 {
            var start = end
            while start > 0, path[start - 1] != Self.slash { start -= 1 }
            hash = KeyHash.absorb(hash, path, start, end)
            // Keys begin with the slash that normalised paths have.
            if start > 0, compiled.mayContain(hash) {
                let number = compiled.find(.pathEndings, hash) { $0.elementsEqual(path[(start - 1)...]) }
                if let number { found.add(compiled.indicators(under: number), path, .pathEnding) }
            }
            end = start - 1
        }
    }

    /// Asks for the patterns under every folder above the path, and compares each of them.
    private func findPatterns(_ path: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        let parts = path.split(separator: Self.slash)
        func compare(_ number: Int) {
            let agreeing = compiled.indicators(under: number).compactMap { index -> Int? in
                guard Int(index) < compiled.entries.count else { return nil }
                let value = ComparableText.trimmed(compiled.value(of: compiled.entries[Int(index)]))
                return PublishedPath(value).agrees(with: parts) ? Int(index) : nil
            }
            found.add(agreeing, path, .pathPattern)
        }
        forEachBeginning(of: path, nil, .pathPatterns) { number, _ in compare(number) }
        if let container = DevicePath.container(path) {
            forEachBeginning(of: path, container, .pathPatterns) { number, _ in compare(number) }
        }
    }

    // MARK: - Processes

    /// A path of a program that ran is a path, and its last part is a process; a name alone is a process.
    func findProgram(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        findProcess(bytes, &found)
        let name = ComparableText.trimmed(bytes)
        guard let first = name.firstIndex(of: Self.slash) else {
            find(.fileNames, name, .fileName, &found)
            return
        }
        if first == 0 || name[(first + 1)...].contains(Self.slash) { findPath(bytes, &found) }
    }

    /// A name; or `process/purpose`, whose halves are both looked at; or a path, whose last part is.
    func findProcess(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        guard compiled.has(.processes) else { return }
        let name = ComparableText.trimmed(bytes)
        find(.processes, name, .exact, &found)
        guard let first = name.firstIndex(of: Self.slash) else {
            findTruncated(name, &found)
            return
        }
        let after = UnsafeBufferPointer(rebasing: name[(first + 1)...])
        guard first == 0 || after.contains(Self.slash) else {
            let before = UnsafeBufferPointer(rebasing: name[..<first])
            for half in [before, after] {
                find(.processes, half, .exact, &found)
                findTruncated(half, &found)
            }
            return
        }
        // Nothing cuts the names in a path.
        find(.processes, DevicePath.lastPart(DevicePath.withoutUUID(name) ?? name), .exact, &found)
    }

    private func findTruncated(_ name: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        guard name.count == ComparableText.processNameLimit, compiled.has(.processBeginnings),
            !BroadValues.cutProcesses.contains(Array(name))
        else { return }
        find(.processBeginnings, name, .truncated, &found)
    }
}
