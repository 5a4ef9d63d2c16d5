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
        var current = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath()
        while true {
            var here = stat()
            if stat(current.path, &here) == 0, here.st_dev == wanted.st_dev, here.st_ino == wanted.st_ino {
                return true
            }
            let parent = current.deletingLastPathComponent().standardizedFileURL
            guard parent.path != current.path, parent.path.utf8.count < current.path.utf8.count else { return false }
            current = parent
        }
    }
}
