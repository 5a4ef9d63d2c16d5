public import CaseModel
import FileFormats
import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `annotations.jsonl` of a case folder: what people said, one line each, only ever added to.
public enum AnnotationFile {
    /// Its name in a case folder.
    public static let name = "annotations.jsonl"
    /// How many lines are taken.
    static let lineLimit = 100_000
    /// How many bytes a line may have: the limits of its parts, escaped.
    static let byteLimit = 6 * (Annotation.reasonLimit + Annotation.authorLimit) + 1_000

    /// What a file holds.
    public struct Content: Sendable {
        /// The annotations that could be read, in order.
        public var annotations: [Annotation] = []
        /// What could not be read, in sentences that quote nothing.
        public var problems: [String] = []
    }

    /// Reads the annotations of a case; a case without the file has none.
    public static func read(in folder: String) -> Content {
        var content = Content()
        let path = folder + "/" + name
        var status = stat()
        guard lstat(path, &status) == 0 else { return content }
        let reader: LineReader
        do throws(OutputError) {
            reader = try LineReader(path, limit: byteLimit)
        } catch {
            content.problems.append("\(name) can't be read: \(error.reason).")
            return content
        }
        var number = 0
        while let line = reader.next() {
            number += 1
            guard number <= lineLimit else {
                content.problems.append("\(name) has more than \(lineLimit) lines; what is beyond is not applied.")
                break
            }
            guard case .whole(let bytes) = line, let annotation = annotation(bytes) else {
                content.problems.append("\(name), line \(number): expected an annotation; it is not applied.")
                continue
            }
            content.annotations.append(annotation)
        }
        if reader.failure != 0 {
            content.problems.append("\(name) can't be read to its end: \(OutputError.words(reader.failure)).")
        }
        return content
    }

    /// One line, if every part of it is what it should be.
    private static func annotation(_ bytes: [UInt8]) -> Annotation? {
        guard let object = try? JSONValue(bytes, depthLimit: 4), let finding = object["finding"]?.text,
            Finding.isIdentifier(finding), let action = object["action"]?.text.flatMap(Annotation.Action.init),
            let reason = object["reason"]?.text, !reason.isEmpty, reason.utf8.count <= Annotation.reasonLimit,
            let author = object["by"]?.text, !author.isEmpty, author.utf8.count <= Annotation.authorLimit,
            let moment = object["moment"]?.text.flatMap({ Timestamp(rfc3339: $0) })
        else { return nil }
        return Annotation(finding: finding, action: action, reason: reason, author: author, moment: moment)
    }

    /// Adds one line behind all others. Nothing that stands there is changed.
    ///
    /// The line is written at once, so that two people who write at a time do not mix; behind a line that was cut off it
    /// begins anew.
    public static func append(_ annotation: Annotation, in folder: String) throws(OutputError) {
        let path = folder + "/" + name
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw OutputError(path, errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw OutputError(path, "a regular file is expected")
        }
        var text = TextBuffer()
        var last: UInt8 = 0
        if status.st_size > 0, pread(descriptor, &last, 1, status.st_size - 1) == 1, last != UInt8(ascii: "\n") {
            text.append("\n")
        }
        annotation.write(json: &text)
        text.append("\n")
        let written = text.bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == text.bytes.count else {
            throw written < 0 ? OutputError(path, errno: errno) : OutputError(path, "the line was not written whole")
        }
        guard fsync(descriptor) == 0 else { throw OutputError(path, errno: errno) }
    }

    /// Copies the file of one case to another that has none; a case without it stays without. Answers whether there was
    /// one.
    ///
    /// What was said of a finding that `renamed` names is said of the finding that stands there for it.
    static func copy(
        from folder: String, to other: String, renamed: [String: String] = [:]
    ) throws(OutputError) -> Bool {
        let path = folder + "/" + name
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        let bytes = try LineReader.bytes(path, limit: lineLimit * byteLimit / 100)
        let file = try OutputFile(creating: other + "/" + name)
        guard !renamed.isEmpty else {
            file.append(bytes)
            try file.close()
            return true
        }
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            var text = TextBuffer()
            if var annotation = annotation(Array(line)), let finding = renamed[annotation.finding] {
                annotation.finding = finding
                annotation.write(json: &text)
            } else {
                text.bytes = Array(line)
            }
            text.append("\n")
            file.append(text)
        }
        try file.close()
        return true
    }
}
