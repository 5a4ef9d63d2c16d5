import Primitives

/// Follows a shutdown log line by line and keeps the shutdown that is being read.
///
/// Lines are read as bytes and made text only where something is kept: invalid UTF-8 costs no line.
struct ShutdownLogReader {
    /// A program of the present shutdown.
    private struct Client: Hashable {
        var path: String
        var uuid: String?
        var processIdentifier: Int64?
    }

    /// What is known of a program so far.
    private struct Stay {
        var offset: Int
        var delay: Double?
        var notices: Int64
        /// The notice that named it last, so that a repeated line counts once.
        var lastNotice: Int64
    }

    /// A record and the start of the line that it begins with.
    typealias Found = (entry: ShutdownLog.Entry, offset: Int)

    /// No shutdown has nearly as many programs; beyond that a block is handed out and goes on as another.
    private static let clientLimit = 50_000

    /// What was not understood, with the place of its first line.
    private(set) var damage: [ParseError] = []

    private var order: [Client] = []
    private var stays: [Client: Stay] = [:]
    private var notices: Int64 = 0
    private var delay: Double?
    private var shutdown: Int64 = 1
    private var unknownLines = 0
    private var firstUnknown = 0

    private var isEmpty: Bool { order.isEmpty && notices == 0 }

    /// Takes one line without its end; returns the records of a shutdown that is over.
    mutating func read(_ bytes: ArraySlice<UInt8>, at offset: Int) -> [Found] {
        let line = ShutdownLogReader.trimmed(bytes)
        guard !line.isEmpty else { return [] }
        if line.starts(with: "SIGTERM".utf8) { return close(at: offset, shutDown: ShutdownLogReader.time(line)) }
        var found: [Found] = []
        var isKnown = false
        if let seconds = ShutdownLogReader.delay(line) {
            isKnown = true
            // The seconds only grow: a fall says that another shutdown began, and that the end of this one is missing.
            if let delay, seconds < delay {
                damage.append(ParseError(.truncated, "a SIGTERM line before the next shutdown", at: offset))
                found = close(at: offset, shutDown: nil, isComplete: false)
            }
            delay = seconds
            notices += 1
        }
        if let client = ShutdownLogReader.client(line) {
            isKnown = true
            add(client, at: offset)
            if order.count > Self.clientLimit {
                damage.append(
                    ParseError(.beyondLimit, "at most \(Self.clientLimit) programs in a shutdown", at: offset))
                found += close(at: offset, shutDown: nil, isComplete: false)
            }
        }
        if !isKnown {
            if unknownLines == 0 { firstUnknown = offset }
            unknownLines += 1
        }
        return found
    }

    /// Hands out what has no end, and says so.
    mutating func finish(at offset: Int) -> [Found] {
        var found: [Found] = []
        if !isEmpty {
            damage.append(ParseError(.truncated, "a SIGTERM line that ends the last shutdown", at: offset))
            found = close(at: offset, shutDown: nil, isComplete: false)
        }
        if unknownLines > 0 {
            damage.append(
                ParseError(
                    .malformed, "lines of a shutdown log only, found \(unknownLines) of another form", at: firstUnknown)
            )
        }
        return found
    }

    private mutating func add(_ client: Client, at offset: Int) {
        guard var stay = stays[client] else {
            order.append(client)
            stays[client] = Stay(offset: offset, delay: delay, notices: 1, lastNotice: notices)
            return
        }
        if stay.lastNotice != notices { stay.notices += 1 }
        stay.lastNotice = notices
        stay.delay = delay ?? stay.delay
        stays[client] = stay
    }

    private mutating func close(at offset: Int, shutDown: Timestamp?, isComplete: Bool = true) -> [Found] {
        if isComplete, shutDown == nil {
            damage.append(ParseError(.malformed, "a SIGTERM line with seconds since 1970", at: offset))
        }
        var found: [Found] = order.compactMap { client in
            guard let stay = stays[client] else { return nil }
            return (
                ShutdownLog.Entry(
                    shutDown: shutDown, path: client.path, uuid: client.uuid,
                    processIdentifier: client.processIdentifier, delay: stay.delay, notices: stay.notices,
                    noticesInShutdown: notices, shutdown: shutdown, isComplete: isComplete), stay.offset
            )
        }
        if found.isEmpty {
            found.append(
                (
                    ShutdownLog.Entry(
                        shutDown: shutDown, noticesInShutdown: notices, shutdown: shutdown, isComplete: isComplete),
                    offset
                ))
        }
        order.removeAll()
        stays.removeAll()
        notices = 0
        delay = nil
        shutdown += 1
        return found
    }

    // MARK: - Lines

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = bytes
        while let first = line.first, first == 0x20 || first == 0x09 || first == 0x0D { line.removeFirst() }
        while let last = line.last, last == 0x20 || last == 0x09 || last == 0x0D { line.removeLast() }
        return line
    }

    /// The number in `After 1.26s, these clients are still here:`.
    private static func delay(_ line: ArraySlice<UInt8>) -> Double? {
        guard line.starts(with: "After ".utf8) else { return nil }
        let digits = line.dropFirst(6).prefix { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
        guard (1...15).contains(digits.count), let seconds = Double(String(decoding: digits, as: UTF8.self)) else {
            return nil
        }
        return seconds
    }

    /// The program in `remaining client pid: 155 (/usr/libexec/nfcd/UUID)`; a path may itself hold brackets.
    private static func client(_ line: ArraySlice<UInt8>) -> Client? {
        guard let label = line.firstRange(of: Array("remaining client pid:".utf8)) else { return nil }
        let rest = line[label.upperBound...].drop { $0 == 0x20 }
        let digits = rest.prefix { (48...57).contains($0) }
        guard let open = rest.firstIndex(of: UInt8(ascii: "(")) else { return nil }
        // A line that was cut off before its bracket still names most of a path.
        let close = rest.lastIndex(of: UInt8(ascii: ")")).flatMap { $0 > open ? $0 : nil } ?? rest.endIndex
        let text = String(decoding: rest[(open + 1)..<close], as: UTF8.self)
        let (path, uuid) = split(text)
        guard !path.isEmpty else { return nil }
        return Client(path: path, uuid: uuid, processIdentifier: Int64(String(decoding: digits, as: UTF8.self)))
    }

    /// A path and the UUID that stands behind it as one more part: 8-4-4-4-12 hexadecimal digits, nothing else.
    private static func split(_ text: String) -> (path: String, uuid: String?) {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")), slash > text.startIndex else {
            return (text, nil)
        }
        let last = text[text.utf8.index(after: slash)...]
        let groups = last.split(separator: "-", omittingEmptySubsequences: false)
        let isUUID =
            groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.utf8.allSatisfy { isHexadecimal($0) } }
        return isUUID ? (String(text[..<slash]), String(last)) : (text, nil)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    /// The seconds in `SIGTERM: [1503959694] All buffers flushed`, or the ten digits behind ` @`.
    private static func time(_ line: ArraySlice<UInt8>) -> Timestamp? {
        if let open = line.firstIndex(of: UInt8(ascii: "[")),
            let close = line[open...].firstIndex(of: UInt8(ascii: "]")),
            let seconds = Int64(String(decoding: line[(open + 1)..<close], as: UTF8.self)), seconds > 0
        {
            return Timestamp(unixSeconds: seconds)
        }
        guard let mark = line.firstRange(of: Array(" @".utf8)) else { return nil }
        let digits = line[mark.upperBound...].prefix { (48...57).contains($0) }
        guard digits.count == 10, let seconds = Int64(String(decoding: digits, as: UTF8.self)) else { return nil }
        return Timestamp(unixSeconds: seconds)
    }
}
