/// A host with a path behind it, as a few publishers write domains.
enum HostPath {
    /// The hash of both.
    static func hash(_ host: UnsafeBufferPointer<UInt8>, _ path: [UInt8], _ seed: UInt64) -> UInt64 {
        path.withUnsafeBufferPointer { path in
            var hash = start(host, seed)
            var index = 0
            while index < path.count {
                let end = segmentEnd(path, index)
                hash = KeyHash.absorb(hash, path, index, end)
                index = end
            }
            return hash
        }
    }

    /// The hash of the host, to which parts of the path are added.
    static func start(_ host: UnsafeBufferPointer<UInt8>, _ seed: UInt64) -> UInt64 {
        KeyHash.absorb(CompiledLayout.Table.hostPaths.seed(seed), host, 0, host.count)
    }

    /// Where the part of a path that begins at an index, with its slash, ends.
    static func segmentEnd(_ path: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var end = start + 1
        while end < path.count, path[end] != UInt8(ascii: "/"), !endsPath(path[end]) { end += 1 }
        return min(end, path.count)
    }

    /// Whether the query, the fragment or white space begins.
    static func endsPath(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }
}
