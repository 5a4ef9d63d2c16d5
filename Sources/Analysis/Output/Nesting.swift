import Foundation

/// Whether one path lies in a folder: the question before anything is written near evidence.
public enum Nesting {
    /// Whether `path` is `folder`, or lies below it, or would once it is made.
    ///
    /// Judged by device and inode of every folder above, as names lie: links, other spellings on volumes that do not
    /// tell `A` from `a`, a volume that is mounted twice.
    public static func path(_ path: String, liesIn folder: String) -> Bool {
        var wanted = stat()
        guard stat(folder, &wanted) == 0 else { return false }
        // What does not exist yet is taken off until something does: only the operating system knows where a link
        // leads, and it does not tell of a path whose end is missing.
        var parts = path.split(separator: "/")
        let start = path.hasPrefix("/") ? "/" : "./"
        var found = realpath(start + parts.joined(separator: "/"), nil)
        while found == nil, parts.popLast() != nil { found = realpath(start + parts.joined(separator: "/"), nil) }
        guard let found else { return false }
        defer { free(found) }
        var current = String(cString: found)
        while true {
            var here = stat()
            if stat(current, &here) == 0, here.st_dev == wanted.st_dev, here.st_ino == wanted.st_ino { return true }
            guard current.count > 1, let slash = current.lastIndex(of: "/") else { return false }
            current = slash == current.startIndex ? "/" : String(current[..<slash])
        }
    }
}
