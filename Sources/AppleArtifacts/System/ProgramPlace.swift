/// Where a program or library lies, as far as that says who can have put it there.
enum ProgramPlace {
    /// Whether a path lies with the system, or with applications that were installed the ordinary way.
    ///
    /// Applications lie below `/private/var/containers/Bundle`; those that come with iOS 15 and later are kept in
    /// `/private/var/staged_system_apps`. The update service of iOS runs from a folder of its own.
    static func isUsual(_ path: String) -> Bool {
        if isPlainlySystem(path.utf8) { return true }
        let parts = ShutdownLog.parts(path)
        guard !parts.contains("..") else { return false }
        return ShutdownLog.isSystem(parts) || isBelow(["private", "var", "containers", "Bundle"], parts)
            || isBelow(["private", "var", "staged_system_apps"], parts) || ShutdownLog.isUpdateService(parts)
    }

    /// The quick answer for nearly every image of a report: the start of its path is enough, if it does not climb.
    private static func isPlainlySystem(_ path: String.UTF8View) -> Bool {
        guard path.starts(with: "/System/".utf8) || path.starts(with: "/usr/".utf8) else { return false }
        var last: UInt8 = 0
        for byte in path {
            if byte == UInt8(ascii: "."), last == byte { return false }
            last = byte
        }
        return true
    }

    /// Whether a program lies in the staging folder of role accounts, the update service of iOS left out.
    static func isStaged(_ path: String) -> Bool { ShutdownLog.isStaged(resolved(path)) }

    /// Whether a path lies below `/private/var/db` or `/private/var/tmp`, the update service of iOS left out.
    static func isInTemporaryOrDatabaseFolder(_ path: String) -> Bool {
        let parts = resolved(path)
        return (isBelow(["private", "var", "db"], parts) || isBelow(["private", "var", "tmp"], parts))
            && !ShutdownLog.isUpdateService(parts)
    }

    /// The parts of a path, each `..` taken together with what stands before it.
    private static func resolved(_ path: String) -> [Substring] {
        var parts: [Substring] = []
        for part in path.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return ShutdownLog.parts("/" + parts.joined(separator: "/"))
    }

    private static func isBelow(_ folder: [Substring], _ parts: [Substring]) -> Bool {
        ShutdownLog.isBelow(folder, parts)
    }
}
