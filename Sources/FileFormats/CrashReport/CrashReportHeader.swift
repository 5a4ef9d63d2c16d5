public import Primitives

/// The first line of a report of the crash reporter: what kind of report follows, and of what.
///
/// Reports of `.ips` files begin with one line of JSON; what follows has a form of its own for each kind. Reports of
/// iOS 8 and earlier, and reports that Xcode or a viewer wrote, have no such line.
///
/// - SeeAlso: <https://developer.apple.com/documentation/xcode/interpreting-the-json-format-of-a-crash-report>
public struct CrashReportHeader: Sendable, Hashable {
    /// The kind of report: `309`. A word for some kinds.
    public var bugType: String?
    /// When the report was written, with the offset from UTC that it names.
    public var written: Timestamp?
    /// `iPhone OS 14.8 (18H17)`
    public var osVersion: String?
    /// The name of the process, or of what the report is about.
    public var name: String?
    /// The bundle identifier of the application.
    public var bundleIdentifier: String?
    /// The version of the application.
    public var applicationVersion: String?
    /// The UUID of the incident.
    public var incident: String?
    /// The UUID of the program's binary.
    public var sliceUUID: String?
    /// Whether parts of the system were replaced by others, as developers of the system do.
    public var hasRootsInstalled: Bool?
    /// Whether the application is Apple's.
    public var isFirstParty: Bool?
    /// Where the body begins, in bytes from the start of the file.
    public var bodyOffset = 0

    /// The header line has some hundred bytes.
    public static let lineLimit = 1 << 16

    /// Reads the first line; without one of JSON everything stays absent and the body begins at the start.
    ///
    /// A line that begins like JSON and can't be read is noted.
    public init(_ bytes: [UInt8], note: (ParseError) -> Void) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let rest = bytes[start...]
        let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
        let line = rest[..<end]
        // A bracket alone begins a body that is written over many lines.
        guard line.first == UInt8(ascii: "{"), line.contains(UInt8(ascii: "\"")) else { return }
        bodyOffset = min(end + 1, bytes.count)
        guard line.count <= Self.lineLimit else {
            note(ParseError(.beyondLimit, "at most \(Self.lineLimit) bytes in the first line", at: start))
            return
        }
        let values: JSONValue
        do throws(ParseError) {
            values = try JSONValue(Array(line), depthLimit: 16)
        } catch {
            note(ParseError(error.kind, error.expected, at: start + (error.offset ?? 0), in: "the first line"))
            return
        }
        bugType = values["bug_type"]?.text ?? values["bug_type"]?.integer.map { "\($0)" }
        written = values["timestamp"]?.text.flatMap { CrashReport.moment($0) }
        osVersion = values["os_version"]?.text
        name = Self.filled(values["app_name"]) ?? Self.filled(values["name"])
        bundleIdentifier = Self.filled(values["bundleID"])
        applicationVersion = Self.filled(values["app_version"])
        incident = Self.filled(values["incident_id"])
        sliceUUID = Self.filled(values["slice_uuid"])
        hasRootsInstalled = Self.truth(values["roots_installed"])
        isFirstParty = Self.truth(values["is_first_party"])
    }

    /// Text that is not empty.
    private static func filled(_ value: JSONValue?) -> String? { value?.text.flatMap { $0.isEmpty ? nil : $0 } }

    private static func truth(_ value: JSONValue?) -> Bool? { value?.truth ?? value?.integer.map { $0 != 0 } }
}
