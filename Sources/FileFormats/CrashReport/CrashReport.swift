public import Primitives

/// What a report says about one process: a crash, a fault, a limit that was passed, or a panic of the kernel.
///
/// One type for the bodies of JSON (iOS 15 and later) and of text (earlier, and reports of resource use to this day):
/// they name the same things. Every value may be absent.
///
/// - SeeAlso: <https://developer.apple.com/documentation/xcode/interpreting-the-json-format-of-a-crash-report>
/// - SeeAlso: <https://developer.apple.com/documentation/xcode/examining-the-fields-in-a-crash-report>
public struct CrashReport: Sendable, Hashable {
    /// A binary that was loaded into the process.
    public struct Image: Sendable, Hashable {
        /// The file's name, or the name of a bundle.
        public var name: String?
        /// Its absolute path.
        public var path: String?
        /// The UUID of its binary.
        public var uuid: String?
    }

    /// The name of the process.
    public var process: String?
    /// The process identifier.
    public var processIdentifier: Int64?
    /// The path of the program.
    public var path: String?
    /// The bundle identifier.
    public var bundleIdentifier: String?
    /// The version of the application.
    public var version: String?
    /// The name of the process that started it.
    public var parent: String?
    /// The identifier of the process that started it.
    public var parentIdentifier: Int64?
    /// The name of the process on whose behalf it ran.
    public var responsible: String?
    /// The name of the group of processes that it belongs to.
    public var coalition: String?
    /// The number of the user that it ran as.
    public var userIdentifier: Int64?
    /// When the report was captured.
    public var captured: Timestamp?
    /// When the process was started.
    public var launched: Timestamp?
    /// `iPhone OS 14.8 (18H17)`
    public var osVersion: String?
    /// `iPhone12,1`
    public var hardware: String?
    /// The UUID of the incident.
    public var incident: String?
    /// `EXC_CRASH`
    public var exceptionType: String?
    /// `SIGABRT`
    public var signal: String?
    /// `KERN_PROTECTION_FAILURE at 0x…`
    public var exceptionSubtype: String?
    /// The codes of the exception as they are written.
    public var exceptionCodes: String?
    /// Who ended the process: `SIGNAL`, `SPRINGBOARD`, `JETSAM`, `CODESIGNING`…
    public var terminationNamespace: String?
    /// The code that was given, as it is written.
    public var terminationCode: String?
    /// The reason in words.
    public var terminationReason: String?
    /// The process that ended it.
    public var terminatedBy: String?
    /// The number of the thread that failed.
    public var faultingThread: Int64?
    /// Where that thread was, the innermost frame first: image and symbol, or image and distance.
    public var frames: [String] = []
    /// Messages that the program's libraries left for the report.
    public var messages: [String] = []
    /// The binaries that were loaded.
    public var images: [Image] = []
    /// The identifier that the program is signed with.
    public var signingIdentifier: String?
    /// The identifier of the team that signed it; empty for programs of the system.
    public var teamIdentifier: String?
    /// Whether parts of the system were replaced by others.
    public var hasRootsInstalled: Bool?
    /// `cpu usage`, `wakeups`, `disk writes`
    public var resourceEvent: String?
    /// How much was used, as it is written.
    public var resourceUse: String?
    /// What the system did about it.
    public var actionTaken: String?
    /// Seconds that the use was watched for.
    public var duration: Double?
    /// Why the kernel stopped: the first line of its message.
    public var panic: String?
    /// Whether the body was read to its end.
    public var isComplete = true

    /// The frames that are kept of a thread; the innermost ones say where it failed.
    static let frameLimit = 16
    /// A process of the system loads some hundred images.
    static let imageLimit = 20_000

    /// A report without a body.
    public init() {}

    /// Reads the body that begins at `offset`, whatever its form; what a form does not have stays absent.
    ///
    /// Damage is noted, and what stands before it is kept.
    public init(_ bytes: [UInt8], at offset: Int, note: (ParseError) -> Void) {
        let start = bytes[min(max(offset, 0), bytes.count)...].firstIndex { $0 > 0x20 } ?? bytes.count
        guard start < bytes.count else { return }
        if bytes[start] == UInt8(ascii: "{") {
            do throws(ParseError) {
                try read(json: bytes, at: start)
            } catch {
                isComplete = false
                note(error)
            }
        } else if bytes[start...].starts(with: "bplist".utf8) || bytes[start] == UInt8(ascii: "<") {
            isComplete = false
            note(ParseError(.unsupported, "a body of JSON or text", at: start))
        } else {
            read(text: bytes, at: start)
        }
        if panic != nil { readPanic() }
    }

    /// `2023-08-04 19:10:03.00 +0200`: RFC 3339 but for the spaces.
    public static func moment(_ text: some StringProtocol) -> Timestamp? {
        var bytes = Array(text.utf8)
        if bytes.count > 6, let space = bytes.lastIndex(of: 0x20), space > 10, space + 1 < bytes.count,
            bytes[space + 1] == UInt8(ascii: "+") || bytes[space + 1] == UInt8(ascii: "-")
        {
            bytes.remove(at: space)
        }
        return Timestamp(rfc3339: String(decoding: bytes, as: UTF8.self))
    }

    /// A name and the number in brackets behind it: `launchd [1]`.
    static func nameAndNumber(_ text: String) -> (name: String?, number: Int64?) {
        guard text.utf8.last == UInt8(ascii: "]"), let open = text.utf8.lastIndex(of: UInt8(ascii: "[")),
            let number = Int64(text[text.utf8.index(after: open)...].dropLast())
        else { return (text.isEmpty ? nil : text, nil) }
        let name = text[..<open].drop { $0 == " " }
        let end = name.lastIndex { $0 != " " }
        return (end.map { String(name[...$0]) }, number)
    }

    /// Takes the process from a panic's message, and keeps of the message its first line.
    ///
    /// `Panicked task 0x…: 306 threads: pid 222: name`; older kernels end a line with `BSD process name corresponding to
    /// current thread: name`.
    private mutating func readPanic() {
        guard let message = panic else { return }
        let lines = message.split(separator: "\n", maxSplits: 4_096)
        panic = lines.first.map(String.init)
        for line in lines where line.utf8.count < 4_096 {
            if let task = line.firstRange(of: "Panicked task ") {
                let rest = line[task.upperBound...]
                guard let label = rest.firstRange(of: ": pid ") else { continue }
                let parts = rest[label.upperBound...].split(separator: ":", maxSplits: 1)
                processIdentifier = parts.first.flatMap { Int64($0) }
                process = parts.dropFirst().first.map { String($0.drop { $0 == " " }) }
                return
            }
            if line.hasPrefix("BSD process name corresponding to current thread"), let colon = line.lastIndex(of: ":") {
                process = String(line[line.index(after: colon)...].drop { $0 == " " })
            }
        }
    }
}
