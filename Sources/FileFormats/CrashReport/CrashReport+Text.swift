import Primitives

/// The lines of a text body that are not part of its head.
private enum Section {
    /// Names with values behind a colon.
    case head
    /// Threads other than the one that failed.
    case threads
    /// The thread that failed, or the stack that was seen most.
    case frames
    /// The list of binaries.
    case images
}

extension CrashReport {
    /// Reads a body of text, line by line; lines of a form that is not known are passed over.
    ///
    /// Invalid UTF-8 costs no line: text is made only of what is kept.
    mutating func read(text bytes: [UInt8], at offset: Int) {
        bytes.withUnsafeBufferPointer { buffer in
            var section = Section.head
            var start = offset
            while start < buffer.count {
                var end = start
                while end < buffer.count, buffer[end] != 0x0A { end += 1 }
                let line = UnsafeBufferPointer(rebasing: buffer[start..<end])
                start = end + 1
                read(line, in: &section)
            }
        }
    }

    private mutating func read(_ line: UnsafeBufferPointer<UInt8>, in section: inout Section) {
        guard let first = line.first else { return }
        // Most lines are frames of threads that nobody asks about: told by their first byte.
        switch first {
        case UInt8(ascii: "T") where line.starts(with: "Thread ".utf8): section = isFaulting(line) ? .frames : .threads
        case UInt8(ascii: "H") where line.starts(with: "Heaviest stack".utf8): section = .frames
        case UInt8(ascii: "P") where line.starts(with: "Powerstats for:".utf8): section = .threads
        case UInt8(ascii: "B") where line.starts(with: "Binary Images:".utf8),
            UInt8(ascii: " ") where line.starts(with: "  Binary Images:".utf8):
            section = .images
        default:
            switch section {
            case .head: readHead(line)
            case .frames: readFrame(line)
            case .images: readImage(line)
            case .threads: break
            }
        }
    }

    /// `Thread 3 Crashed:`, `Thread 3 name: …` of the thread that was named before, `Thread 0 Crashed:: Dispatch queue`.
    private mutating func isFaulting(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = line.dropFirst(7).prefix { (48...57).contains($0) }
        guard let number = Int64(String(decoding: digits, as: UTF8.self)) else { return false }
        let rest = line.dropFirst(7 + digits.count)
        guard rest.starts(with: " Crashed:".utf8) || (rest.starts(with: ":".utf8) && number == faultingThread) else {
            return false
        }
        faultingThread = faultingThread ?? number
        return faultingThread == number && frames.isEmpty
    }

    private mutating func readHead(_ line: UnsafeBufferPointer<UInt8>) {
        guard let colon = line.prefix(40).firstIndex(of: UInt8(ascii: ":")) else { return }
        let value = Self.trimmed(line[(colon + 1)...])
        guard !value.isEmpty else { return }
        let text = String(decoding: value, as: UTF8.self)
        // The first of a name counts: behind the head other processes may follow.
        switch String(decoding: Self.trimmed(line[..<colon]), as: UTF8.self) {
        case "Incident Identifier": incident = incident ?? text
        case "Hardware Model", "Hardware model": hardware = hardware ?? text
        case "Process", "Command":
            guard process == nil else { return }
            let found = Self.nameAndNumber(text)
            process = found.name
            processIdentifier = found.number ?? processIdentifier
        case "PID": processIdentifier = processIdentifier ?? Int64(text)
        case "Path": path = path ?? text
        case "Identifier": bundleIdentifier = bundleIdentifier ?? (text == "???" ? nil : text)
        case "Version": version = version ?? (text.hasPrefix("???") ? nil : text)
        case "Parent Process", "Parent":
            guard parent == nil else { return }
            (parent, parentIdentifier) = Self.nameAndNumber(text)
        case "Responsible": responsible = responsible ?? Self.nameAndNumber(text).name
        case "Coalition", "Resource Coalition":
            var name = Self.nameAndNumber(text).name
            if let quoted = name, quoted.hasPrefix("\""), quoted.hasSuffix("\""), quoted.utf8.count > 2 {
                name = String(quoted.dropFirst().dropLast())
            }
            coalition = coalition ?? name
        case "Date/Time", "Date": captured = captured ?? Self.moment(text)
        case "Launch Time": launched = launched ?? Self.moment(text)
        case "OS Version": osVersion = osVersion ?? text
        case "Exception Type":
            guard exceptionType == nil else { return }
            let parts = text.split(separator: " ", maxSplits: 1)
            exceptionType = parts.first.map(String.init)
            if parts.count == 2, parts[1].hasPrefix("("), parts[1].hasSuffix(")") {
                signal = String(parts[1].dropFirst().dropLast())
            }
        case "Exception Subtype", "Exception Message": exceptionSubtype = exceptionSubtype ?? text
        case "Exception Codes": exceptionCodes = exceptionCodes ?? text
        case "Termination Signal": terminationReason = terminationReason ?? text
        case "Termination Reason": readTermination(text)
        case "Terminating Process": terminatedBy = terminatedBy ?? Self.nameAndNumber(text).name
        case "Triggered by Thread": faultingThread = faultingThread ?? Int64(text)
        case "Event": resourceEvent = resourceEvent ?? text
        case "CPU", "Wakeups", "Writes": resourceUse = resourceUse ?? text
        case "Action taken": actionTaken = actionTaken ?? text
        case "Duration":
            let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            duration = duration ?? (digits.utf8.count <= 15 ? Double(digits) : nil)
        default: break
        }
    }

    /// `Namespace SPRINGBOARD, Code 0x8badf00d`, or `SIGNAL 6 Abort trap: 6`.
    private mutating func readTermination(_ text: String) {
        guard terminationNamespace == nil else { return }
        if text.hasPrefix("Namespace ") {
            let parts = text.dropFirst(10).split(separator: ",", maxSplits: 1)
            terminationNamespace = parts.first.map(String.init)
            let rest = parts.count == 2 ? parts[1].drop { $0 == " " } : ""
            terminationCode =
                rest.hasPrefix("Code ") ? rest.dropFirst(5).split(separator: " ").first.map(String.init) : nil
        } else {
            let parts = text.split(separator: " ", maxSplits: 2)
            guard parts.count > 1 else { return terminationReason = text }
            terminationNamespace = String(parts[0])
            terminationCode = String(parts[1])
            terminationReason = parts.count > 2 ? String(parts[2]) : terminationReason
        }
    }

    /// `0   libsystem_kernel.dylib  0x000000018dd42e50 0x18dd1e000 + 151120`, or
    /// `  61  ??? (libsystem_pthread.dylib + 2240) [0x22f72b8c0]`.
    private mutating func readFrame(_ line: UnsafeBufferPointer<UInt8>) {
        let words = Self.trimmed(line[...])
        guard let first = words.first, (48...57).contains(first), frames.count < Self.frameLimit else { return }
        let frame = Self.trimmed(words.drop { (48...57).contains($0) })
        guard !frame.isEmpty else { return }
        if let open = frame.firstIndex(of: UInt8(ascii: "(")),
            let close = frame[open...].firstIndex(of: UInt8(ascii: ")")),
            frame.last == UInt8(ascii: "]")
        {
            frames.append(String(decoding: frame[(open + 1)..<close], as: UTF8.self))
            return
        }
        // The name of an image may hold spaces; the address begins with 0x.
        let text = String(decoding: frame, as: UTF8.self)
        guard let address = text.firstRange(of: "0x") else { return frames.append(text) }
        let image = text[..<address.lowerBound].split(separator: "\t").first.map(String.init) ?? ""
        let name = image.lastIndex { $0 != " " }.map { String(image[...$0]) } ?? "???"
        let rest = text[address.upperBound...].split(separator: " ", maxSplits: 1)
        let symbol = rest.count == 2 && !rest[1].hasPrefix("0x") ? String(rest[1]) : nil
        frames.append(symbol.map { name + " " + $0 } ?? name)
    }

    /// `0x1004d8000 - 0x1004dffff Name arm64  <UUID> /path`
    private mutating func readImage(_ line: UnsafeBufferPointer<UInt8>) {
        guard images.count < Self.imageLimit else { return }
        let words = Self.trimmed(line[...])
        guard words.starts(with: "0x".utf8) || words.starts(with: "*0x".utf8) else { return }
        var close = words.startIndex
        var open: Int?
        while close < words.endIndex, words[close] != UInt8(ascii: ">") {
            if words[close] == UInt8(ascii: "<") { open = close }
            close += 1
        }
        guard let open, close < words.endIndex else { return }
        let path = Self.trimmed(words[(close + 1)...])
        let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path
        images.append(
            Image(
                name: name.isEmpty ? nil : String(decoding: name, as: UTF8.self),
                path: path.first == UInt8(ascii: "/") ? String(decoding: path, as: UTF8.self) : nil,
                uuid: String(decoding: words[(open + 1)..<close], as: UTF8.self)))
    }

    private static func trimmed(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var (start, end) = (bytes.startIndex, bytes.endIndex)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return bytes[start..<end]
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
