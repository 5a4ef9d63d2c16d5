import FileFormats

/// Where in an archive the root of the device lies, and which part of the device that is.
struct DeviceRoot {
    /// A folder of the archive, and the folder of the device that it is.
    struct Mount: Sendable {
        /// In the archive; empty for its root. Components are separated as in ``PathTable``.
        let archive: [UInt8]
        /// On the device: nothing for the root, `["private", "var"]` for the volume of data.
        let device: [String]
        /// Whether a folder `var` directly in it is another mount.
        let leavesOutVar: Bool
    }

    /// The folders that are read.
    let mounts: [Mount]
    /// Other folders that look like the root of a device, and are not read.
    let others: [[UInt8]]

    /// How a path betrays where the root is.
    private enum Form: Int {
        /// `private/var/mobile`
        case root
        /// `var/mobile`
        case rootWithoutPrivate
        /// `mobile/Library`: the volume of data by itself, as some tools name it by number.
        case dataVolume
    }

    private struct Candidate {
        let prefix: [UInt8]
        let form: Form
        var count: Int
    }

    /// Deeper roots are not looked for.
    private static let depthLimit = 12
    private static let candidateLimit = 1_000

    private static let mobile = Array("mobile".utf8)
    private static let `var` = Array("var".utf8)
    private static let `private` = Array("private".utf8)
    private static let inHome = ["Library", "Containers", "Media", "Applications"].map { Array($0.utf8) }
    private static let systemVersion = Array("System\0Library\0CoreServices\0SystemVersion.plist".utf8)

    /// Finds the root that most paths lie below; nothing if there is none.
    static func find(in paths: PathTable) -> DeviceRoot? {
        var candidates: [Candidate] = []
        for index in 0..<paths.count {
            guard let (length, form) = evidence(in: paths.path(at: index)) else { continue }
            let prefix = paths.path(at: index).prefix(length)
            // Sorted paths: the same root nearly always as for the path before.
            if let last = candidates.indices.last, candidates[last].form == form, candidates[last].prefix[...] == prefix
            {
                candidates[last].count += 1
            } else if let known = candidates.firstIndex(where: { $0.form == form && $0.prefix[...] == prefix }) {
                candidates[known].count += 1
            } else if candidates.count < candidateLimit {
                candidates.append(Candidate(prefix: Array(prefix), form: form, count: 1))
            }
        }
        guard
            let chosen = candidates.max(by: { left, right in
                if left.count != right.count { return left.count < right.count }
                if left.form != right.form { return left.form.rawValue > right.form.rawValue }
                return right.prefix.lexicographicallyPrecedes(left.prefix)
            })
        else { return nil }
        let base = chosen.prefix
        var mounts: [Mount]
        switch chosen.form {
        case .root: mounts = [Mount(archive: base, device: [], leavesOutVar: true)]
        case .rootWithoutPrivate:
            mounts = [
                Mount(archive: joined(base, `var`), device: ["private", "var"], leavesOutVar: false),
                Mount(archive: base, device: [], leavesOutVar: true),
            ]
        case .dataVolume: mounts = [Mount(archive: base, device: ["private", "var"], leavesOutVar: false)]
        }
        if chosen.form == .dataVolume, let system = systemVolume(beside: base, in: paths) {
            mounts.append(Mount(archive: system, device: [], leavesOutVar: true))
        }
        let others = candidates.filter { other in
            other.prefix != base && !isDevicePath(other.prefix, below: chosen)
        }.map(\.prefix)
        return DeviceRoot(mounts: mounts, others: unique(others))
    }

    /// The length of the part of a path before the root, if the path betrays one.
    private static func evidence(in path: ArraySlice<UInt8>) -> (length: Int, form: Form)? {
        var start = path.startIndex
        // The components before, the nearest first, and where they begin.
        var before: ArraySlice<UInt8> = []
        var beforeThat: ArraySlice<UInt8> = []
        for _ in 0..<depthLimit {
            guard let end = path[start...].firstIndex(of: PathTable.separator) else { return nil }
            let component = path[start..<end]
            if component.elementsEqual(mobile) {
                let isBelowVar = before.elementsEqual(`var`)
                if isBelowVar, beforeThat.elementsEqual(`private`) {
                    return (max(0, beforeThat.startIndex - path.startIndex - 1), .root)
                }
                if isBelowVar { return (max(0, before.startIndex - path.startIndex - 1), .rootWithoutPrivate) }
                let rest = path[(end + 1)...]
                let next = rest.prefix { $0 != PathTable.separator }
                if next.endIndex < path.endIndex, inHome.contains(where: { next.elementsEqual($0) }) {
                    return (max(0, start - path.startIndex - 1), .dataVolume)
                }
            }
            beforeThat = before
            before = component
            start = end + 1
        }
        return nil
    }

    /// Whether a folder is one of the device itself: `/private/var/root` may well hold a folder `mobile`.
    private static func isDevicePath(_ prefix: [UInt8], below chosen: Candidate) -> Bool {
        let tops: [[UInt8]] =
            switch chosen.form {
            case .root: [`private`]
            case .rootWithoutPrivate: [`var`]
            case .dataVolume: []
            }
        guard !tops.isEmpty else { return chosen.prefix.isEmpty || prefix.starts(with: chosen.prefix + [0]) }
        return tops.contains { top in
            let folder = joined(chosen.prefix, top)
            return prefix == folder || prefix.starts(with: folder + [PathTable.separator])
        }
    }

    /// The volume of the system, when a tool puts each volume into a folder of its own.
    private static func systemVolume(beside data: [UInt8], in paths: PathTable) -> [UInt8]? {
        let parent = data.lastIndex(of: PathTable.separator).map { Array(data[..<$0]) } ?? []
        guard !data.isEmpty else { return nil }
        var found: [UInt8]?
        var seen = 0
        paths.forEachChild(of: parent) { name, file in
            seen += 1
            let folder = joined(parent, Array(name))
            if file == nil, paths.index(of: joined(folder, systemVersion)) != nil { found = folder }
            return found == nil && seen < candidateLimit
        }
        return found
    }

    private static func unique(_ prefixes: [[UInt8]]) -> [[UInt8]] {
        var seen: Set<[UInt8]> = []
        return prefixes.filter { seen.insert($0).inserted }
    }

    /// A path and what lies below it, as ``PathTable`` has them.
    static func joined(_ folder: [UInt8], _ path: [UInt8]) -> [UInt8] {
        folder.isEmpty ? path : path.isEmpty ? folder : folder + [PathTable.separator] + path
    }
}
