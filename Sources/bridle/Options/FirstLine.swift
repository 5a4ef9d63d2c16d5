import Foundation

/// Reads the first line of a file that a person names; never more, since it may be a device, a pipe or a film.
enum FirstLine {
    /// The longest line that is taken, in bytes: more than any password or key has.
    static let limit = 4_096

    /// The line without its end (LF, CR LF or CR) and without a byte order mark, or nothing if it is too long or not
    /// UTF-8. Throws if the file can't be read; `-` is standard input.
    static func text(of path: String, _ noun: String) throws -> String? {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, noun) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        // Byte by byte: what stands behind the line belongs to somebody else.
        while line.count <= limit {
            let length = read(descriptor, &byte, 1)
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else { throw unreadable(path, noun) }
            if length == 0 || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
            line.append(byte)
        }
        guard line.count <= limit else { return nil }
        if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        return String(validating: line, as: UTF8.self)
    }

    private static func unreadable(_ path: String, _ noun: String) -> Failure {
        Failure(
            .noPermission,
            "The \(noun) \(path.printableName) can't be read: \(String(cString: strerror(errno))).")
    }
}
