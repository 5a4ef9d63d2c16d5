public import Primitives

/// One process of a report that lists all that were there: a memory shortage, a stackshot or a panic.
public struct ReportedProcess: Sendable, Hashable {
    /// The name, which the kernel cuts off at 32 bytes.
    public var name: String?
    /// The process identifier.
    public var processIdentifier: Int64?
    /// The UUID of the program's binary.
    public var uuid: String?
    /// The number of the user that it ran as.
    public var userIdentifier: Int64?
    /// Bytes of memory in use.
    public var residentBytes: Int64?
    /// Bytes of memory in use at most.
    public var largestBytes: Int64?
    /// Seconds of CPU time.
    public var cpuSeconds: Double?
    /// What it was doing for the user: `frontmost`, `daemon`, `idle`, or the flags of a task.
    public var states: [String] = []
    /// Why it was ended, if it was.
    public var reason: String?
    /// The number of the group of processes that it belongs to.
    public var coalition: Int64?
    /// The flags of its signature as the kernel keeps them.
    public var signatureFlags: Int64?
    /// Whether it stood in front when the report was made.
    public var isFrontmost: Bool?
    /// The same two in pages, which become bytes when the size of a page is known.
    var residentPages: Int64?
    var largestPages: Int64?
    /// Where its description begins, in bytes from the start of the file.
    public var offset = 0

    /// A process of which nothing is known.
    public init() {}
}

/// A report that lists the processes of a moment.
///
/// - SeeAlso: <https://developer.apple.com/documentation/xcode/identifying-high-memory-use-with-jetsam-event-reports>
public struct ProcessListing: Sendable, Hashable {
    /// When the list was made.
    public var captured: Timestamp?
    /// `iPhone OS 14.8 (18H17)`
    public var osVersion: String?
    /// `iPhone12,1`
    public var hardware: String?
    /// The UUID of the incident.
    public var incident: String?
    /// Why the list was made.
    public var reason: String?
    /// The process that used most memory.
    public var largestProcess: String?
    /// The processes in the order of the file.
    public var processes: [ReportedProcess] = []
    /// Whether a list of processes was there.
    public var hasList = false

    /// No device runs nearly as many processes.
    static let processLimit = 50_000

    /// The pages of every device since 2013, for lists that don't say.
    private static let pageSize: Int64 = 16_384

    /// Reads the body that begins at `offset`. Damage is noted, and the processes before it are kept.
    public init(_ bytes: [UInt8], at offset: Int, note: (ParseError) -> Void) {
        let start = bytes[min(max(offset, 0), bytes.count)...].firstIndex { $0 > 0x20 } ?? bytes.count
        guard start < bytes.count, bytes[start] == UInt8(ascii: "{") else {
            note(ParseError(start < bytes.count ? .unsupported : .truncated, "a body of JSON", at: start))
            return
        }
        var pageSize: Int64?
        var frontmost: [Int64] = []
        do throws(ParseError) {
            var reader = JSONReader(bytes, at: start)
            guard try reader.enterObject() else { return }
            while let key = try reader.key() {
                switch key {
                case "date", "captureTime":
                    let date = try reader.string().flatMap { CrashReport.moment($0) }
                    captured = captured ?? date
                case "build": osVersion = try reader.string()
                case "product": hardware = try reader.string()
                case "incident": incident = try reader.string()
                case "reason": reason = try reader.string()
                case "largestProcess": largestProcess = try reader.string()
                case "pageSize": pageSize = try reader.integer()
                case "memoryStatus": pageSize = try reader.value()["pageSize"]?.integer ?? pageSize
                case "frontmostPids":
                    let numbers = try reader.value().list ?? []
                    frontmost = numbers.compactMap(\.integer)
                case "processes":
                    guard try reader.enterArray() else { continue }
                    hasList = true
                    while try reader.element() { try read(&reader, number: nil) }
                case "processByPid":
                    guard try reader.enterObject() else { continue }
                    hasList = true
                    while let number = try reader.key() { try read(&reader, number: number) }
                default: try reader.skip()
                }
            }
        } catch {
            note(error)
        }
        if processes.count == Self.processLimit {
            note(ParseError(.beyondLimit, "fewer than \(Self.processLimit) processes in a report", at: start))
        }
        let size = pageSize.flatMap { (1...(1 << 20)).contains($0) ? $0 : nil } ?? Self.pageSize
        for index in processes.indices {
            let process = processes[index]
            processes[index].residentBytes = process.residentBytes ?? Self.bytes(process.residentPages, size)
            processes[index].largestBytes = Self.bytes(process.largestPages, size)
            if !frontmost.isEmpty, let number = processes[index].processIdentifier {
                processes[index].isFrontmost = frontmost.contains(number)
            }
        }
    }

    private static func bytes(_ pages: Int64?, _ pageSize: Int64) -> Int64? {
        guard let pages else { return nil }
        let (bytes, overflow) = pages.multipliedReportingOverflow(by: pageSize)
        return overflow ? nil : bytes
    }

    /// Reads one process, and keeps it if it has a name or a number.
    private mutating func read(_ reader: inout JSONReader, number: String?) throws(ParseError) {
        var process = ReportedProcess()
        process.offset = reader.offset
        process.processIdentifier = number.flatMap { Int64($0) }
        guard try reader.enterObject() else { return }
        while let key = try reader.key() {
            switch key {
            case "name", "procname": process.name = try reader.string()
            case "pid": process.processIdentifier = try reader.integer() ?? process.processIdentifier
            case "uuid": process.uuid = try reader.string()
            case "userID": process.userIdentifier = try reader.integer()
            case "rpages": process.residentPages = try reader.integer()
            case "lifetimeMax": process.largestPages = try reader.integer()
            case "residentMemoryBytes": process.residentBytes = try reader.integer()
            case "cpuTime": process.cpuSeconds = try reader.number()
            case "states", "flags":
                let states = try reader.value().list ?? []
                process.states = states.compactMap(\.text)
            case "reason": process.reason = try reader.string()
            case "coalition": process.coalition = try reader.integer()
            case "csFlags": process.signatureFlags = try reader.integer()
            default: try reader.skip()
            }
        }
        guard processes.count < Self.processLimit, process.name != nil || process.processIdentifier != nil else {
            return
        }
        processes.append(process)
    }
}
