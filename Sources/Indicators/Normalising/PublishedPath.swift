/// What the publisher of a path means.
///
/// - A path from the root is the file or folder, and all that lies below it.
/// - A path without a slash at its start that does not begin with a folder of the root is the end of a path, wherever it
///   lies: `Library/Preferences/x.plist`.
/// - A star stands for any letters within one part. The part that names a container is a star, too, if it is a UUID:
///   every device makes up others.
struct PublishedPath {
    /// How it is found.
    enum Form { case beginning, ending, pattern }

    let form: Form
    /// Under which it is found: the path, or of a pattern the part in front of the first part with a star.
    let key: [UInt8]
    /// Parts of a pattern.
    let segments: [[UInt8]]
    /// Whether the path begins at the root.
    let isAbsolute: Bool

    /// The folders at the root of an iOS device, and of an Android one. `Library` is not among them: it is in every
    /// home, too.
    private static let roots: Set<String> = [
        "Applications", "Developer", "System", "apex", "bin", "cores", "data", "dev", "etc", "private", "sbin",
        "sdcard",
        "storage", "system", "tmp", "usr", "var", "vendor",
    ]

    init(_ value: UnsafeBufferPointer<UInt8>) {
        let slash = UInt8(ascii: "/")
        let first = String(decoding: value.prefix { $0 != slash }, as: UTF8.self)
        let isAbsolute = value.first == slash || Self.roots.contains(first)
        self.isAbsolute = isAbsolute
        var path = DevicePath.normalise(value, followsLinks: isAbsolute) { Array($0) }
        if isAbsolute, let container = path.withUnsafeBufferPointer(DevicePath.container) {
            let name = path[container]
            if name.elementsEqual("*".utf8) || name.withUnsafeBufferPointer(DevicePath.isUUID) {
                path.replaceSubrange(container, with: CollectionOfOne(DevicePath.star))
            }
        }
        let segments = path.split(separator: slash).map { Array($0) }
        self.segments = segments
        let container = path.withUnsafeBufferPointer(DevicePath.container)
        // A star in place of the container is part of the key.
        let firstStar = segments.indices.first { index in
            guard segments[index].contains(DevicePath.star) else { return false }
            guard isAbsolute, let container, segments[index].count == 1 else { return true }
            return path[..<container.lowerBound].lazy.filter { $0 == slash }.count - 1 != index
        }
        if let firstStar {
            form = .pattern
            let start = isAbsolute ? segments[..<firstStar] : []
            key = start.isEmpty ? [slash] : start.flatMap { [slash] + $0 }
        } else {
            form = isAbsolute ? .beginning : .ending
            key = path
        }
    }

    /// Whether a path, in parts, agrees with the pattern; a path from the root may go on below it.
    func agrees<Part: Collection<UInt8>>(with parts: [Part]) -> Bool {
        guard parts.count >= segments.count else { return false }
        let offset = isAbsolute ? 0 : parts.count - segments.count
        return segments.indices.allSatisfy { index in
            parts[offset + index].withContiguousStorageIfAvailable { PublishedPath.agrees($0, segments[index]) }
                ?? false
        }
    }

    /// Compares one part with one that has stars. Steps back only to the last star, so time is bounded by the product of
    /// the lengths; no file name is longer than 255 bytes.
    static func agrees(_ part: UnsafeBufferPointer<UInt8>, _ pattern: [UInt8]) -> Bool {
        guard part.count <= 1_024 else { return false }
        var (index, position) = (0, 0)
        var resume: (index: Int, position: Int)?
        while index < part.count {
            if position < pattern.count, pattern[position] == DevicePath.star {
                resume = (index, position + 1)
                position += 1
            } else if position < pattern.count, pattern[position] == part[index] {
                index += 1
                position += 1
            } else if let last = resume {
                resume = (last.index + 1, last.position)
                (index, position) = (last.index + 1, last.position)
            } else {
                return false
            }
        }
        return pattern[position...].allSatisfy { $0 == DevicePath.star }
    }
}
