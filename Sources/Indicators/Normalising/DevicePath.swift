/// An absolute path on the device in the one form in which paths are compared.
///
/// A leading slash is added; repeated slashes, `.` and a slash at the end go, and `..` takes a part with it. The links
/// that every iOS has at its root are followed: `/var` and `/etc` lead to `/private`, `/tmp` to `/private/var/tmp`.
/// Upper and lower case differ, as they do in the file system of iOS.
enum DevicePath {
    private static var slash: UInt8 { UInt8(ascii: "/") }

    /// What stands for any letters.
    static var star: UInt8 { UInt8(ascii: "*") }

    /// Calls `body` with the normalised path; the root is a single slash.
    static func normalise<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, followsLinks: Bool = true,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let room = 12  // for the longest prefix, "/private/var"
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytes.count + room + 1) { buffer in
            var end = room
            var index = 0
            while index < bytes.count {
                var next = index
                while next < bytes.count, bytes[next] != slash { next += 1 }
                let count = next - index
                if count == 0 || (count == 1 && bytes[index] == UInt8(ascii: ".")) {
                    // nothing to add
                } else if count == 2, bytes[index] == UInt8(ascii: "."), bytes[index + 1] == UInt8(ascii: ".") {
                    while end > room, buffer[end - 1] != slash { end -= 1 }
                    if end > room { end -= 1 }
                } else {
                    buffer[end] = slash
                    end += 1
                    for position in index..<next { buffer[end + position - index] = bytes[position] }
                    end += count
                }
                index = next + 1
            }
            if end == room {
                buffer[end] = slash
                end += 1
            }
            var start = room
            if followsLinks, let prefix = DevicePath.target(UnsafeBufferPointer(rebasing: buffer[room..<end])) {
                start = room - prefix.utf8CodeUnitCount
                for offset in 0..<prefix.utf8CodeUnitCount { buffer[start + offset] = prefix.utf8Start[offset] }
            }
            return body(UnsafeBufferPointer(rebasing: buffer[start..<end]))
        }
    }

    /// The folder that the link at the root, with which the path begins, leads to.
    private static func target(_ path: UnsafeBufferPointer<UInt8>) -> StaticString? {
        guard path.count == 4 || (path.count > 4 && path[4] == slash) else { return nil }
        return switch (path[1], path[2], path[3]) {
        case (UInt8(ascii: "v"), UInt8(ascii: "a"), UInt8(ascii: "r")): "/private"
        case (UInt8(ascii: "e"), UInt8(ascii: "t"), UInt8(ascii: "c")): "/private"
        case (UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "p")): "/private/var"
        default: nil
        }
    }

    /// The path without a last part that is a UUID, as `shutdown.log` of iOS 26 adds one to every client's path.
    static func withoutUUID(_ path: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard path.count > 37, path[path.count - 37] == slash,
            isUUID(UnsafeBufferPointer(rebasing: path[(path.count - 36)...]))
        else { return nil }
        return UnsafeBufferPointer(rebasing: path[0..<path.count - 37])
    }

    /// Whether a text is a UUID in either case.
    static func isUUID(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count == 36 else { return false }
        for index in 0..<36 {
            let byte = text[index]
            let isHyphen = index == 8 || index == 13 || index == 18 || index == 23
            let isDigit = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
            guard isHyphen ? byte == UInt8(ascii: "-") : isDigit else { return false }
        }
        return true
    }

    /// Where the part of a path stands that names a container: behind `/private/var/mobile/Containers/Data/Application`
    /// and the like. Evidence has a UUID there, a bundle identifier, or nothing that another device would have.
    static func container(_ path: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var index = 0
        guard takes("/private/var", path, &index) else { return nil }
        guard takes("/mobile/Containers", path, &index) || takes("/containers", path, &index) else { return nil }
        guard takes("/Data", path, &index) || takes("/Bundle", path, &index) || takes("/Shared", path, &index),
            index < path.count
        else { return nil }
        // "Application", "AppGroup", "PluginKitPlugin"…
        index += 1
        while index < path.count, path[index] != slash { index += 1 }
        guard index < path.count else { return nil }
        let start = index + 1
        var end = start
        while end < path.count, path[end] != slash { end += 1 }
        return start < end ? start..<end : nil
    }

    /// Steps over whole parts of a path, if they are there.
    private static func takes(_ parts: StaticString, _ path: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Bool {
        let count = parts.utf8CodeUnitCount
        guard index + count <= path.count else { return false }
        for offset in 0..<count where path[index + offset] != parts.utf8Start[offset] { return false }
        guard index + count == path.count || path[index + count] == slash else { return false }
        index += count
        return true
    }

    // MARK: - Hashes

    /// The hash of a normalised path, part by part from the first.
    static func hash(_ path: [UInt8], _ seed: UInt64) -> UInt64 {
        path.withUnsafeBufferPointer { path in
            var hash = seed
            var index = 1
            while index < path.count {
                var end = index
                while end < path.count, path[end] != slash { end += 1 }
                hash = KeyHash.absorb(hash, path, index, end)
                index = end + 1
            }
            return hash
        }
    }

    /// The hash of a normalised path, part by part from the last.
    static func hashFromEnd(_ path: [UInt8], _ seed: UInt64) -> UInt64 {
        path.withUnsafeBufferPointer { path in
            var hash = seed
            var end = path.count
            while end > 0 {
                var start = end
                while start > 0, path[start - 1] != slash { start -= 1 }
                hash = KeyHash.absorb(hash, path, start, end)
                end = start - 1
            }
            return hash
        }
    }

    /// The last part of a path or of anything with slashes.
    static func lastPart(_ path: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var start = path.count
        while start > 0, path[start - 1] != slash { start -= 1 }
        return UnsafeBufferPointer(rebasing: path[start...])
    }
}
