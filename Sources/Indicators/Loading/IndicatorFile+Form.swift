import FileFormats
import Primitives

extension IndicatorFile {
    /// The forms in which indicators are published.
    public enum Form: Sendable, Hashable {
        /// A STIX bundle, version 2.0 or 2.1.
        case structuredThreatInformation
        /// Events of MISP.
        case sharedEvent
        /// The manifest of a MISP feed.
        case sharedFeed
        /// A table with a header; the byte stands between its cells.
        case table(delimiter: UInt8)
        /// One value a line.
        case list
        /// The YAML list of the stalkerware project.
        case stalkerware
        /// OpenIOC, version 1.0 or 1.1.
        case openIOC
        /// None of them.
        case unknown

        /// The words of a listing.
        public var name: String {
            switch self {
            case .structuredThreatInformation: "STIX 2"
            case .sharedEvent: "MISP event"
            case .sharedFeed: "MISP feed"
            case .table: "table"
            case .list: "list"
            case .stalkerware: "stalkerware list"
            case .openIOC: "OpenIOC"
            case .unknown: "unknown form"
            }
        }
    }
}

extension IndicatorFile.Form {
    /// How much of a file decides about its form.
    static let headLength = 256 << 10

    /// Tells the form from the beginning of a file.
    init(_ head: [UInt8]) {
        if OpenIOC.isRecognised(head) {
            self = .openIOC
            return
        }
        let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = head[start...].drop { $0 <= 0x20 }
        switch text.first {
        case nil: self = IndicatorFile.Form.isBinary(head) ? .unknown : .list
        case UInt8(ascii: "{"), UInt8(ascii: "["): self = IndicatorFile.Form.json(head)
        case UInt8(ascii: "<"): self = .unknown
        default:
            if IndicatorFile.Form.isBinary(head) {
                self = .unknown
            } else if IndicatorFile.Form.isYAML(text) {
                self = .stalkerware
            } else if let delimiter = IndicatorTable.delimiter(head) {
                self = .table(delimiter: delimiter)
            } else {
                self = .list
            }
        }
    }

    /// Looks at the names of the outermost object, or of the first element of the outermost list.
    private static func json(_ head: [UInt8]) -> IndicatorFile.Form {
        var reader = JSONReader(head, depthLimit: 64)
        var found: IndicatorFile.Form?
        do throws(ParseError) {
            if try reader.enterArray() { guard try reader.element() else { return .structuredThreatInformation } }
            guard try reader.enterObject() else { return .structuredThreatInformation }
            var identifiers = 0
            while found == nil, let key = try reader.key() {
                switch key {
                case "objects", "pattern", "spec_version": found = .structuredThreatInformation
                case "Event", "response", "Attribute", "Orgc": found = .sharedEvent
                default: if SharedFeed.isUUID(key) { identifiers += 1 }
                }
                if identifiers > 0 { found = found ?? .sharedFeed }
            }
        } catch {
            // The head ends somewhere, or the file is damaged there: what was seen decides.
        }
        return found ?? .structuredThreatInformation
    }

    /// Whether there are bytes that no text has.
    private static func isBinary(_ head: [UInt8]) -> Bool {
        head.prefix(4_096).contains { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20 && $0 != 0x1B) }
    }

    /// Whether the first line that says something begins an entry of a list, a document or a named value.
    private static func isYAML(_ text: ArraySlice<UInt8>) -> Bool {
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let line = line.drop { $0 == 0x20 }
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            if line.starts(with: "---".utf8) || line.starts(with: "- ".utf8) { return true }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
            let name = line[..<colon]
            let rest = line[(colon + 1)...]
            return !name.isEmpty && name.allSatisfy(PatternParser.isWord)
                && (rest.isEmpty || rest.first == UInt8(ascii: " "))
        }
        return false
    }

    /// What to say of a file of no known form.
    static func refusal(_ head: [UInt8]) -> String {
        let text = String(decoding: head.prefix(1_024), as: UTF8.self).lowercased()
        if head.starts(with: [0x1F, 0x8B]) || head.starts(with: Array("PK".utf8))
            || head.starts(with: [0xFD, 0x37, 0x7A])
        {
            return "The file is compressed; unpack it first."
        }
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
            return "The file is UTF-16; save it as UTF-8."
        }
        if text.contains("<html") || text.contains("<!doctype html") {
            return "The file is a web page, perhaps the answer of a server that did not find the indicators."
        }
        if text.contains("stix_package") { return "The file is STIX 1, which is not read; ask for STIX 2." }
        if text.contains("<?xml") { return "The file is XML of another kind than OpenIOC." }
        return "The file is none of STIX, MISP, OpenIOC, a table, a list or the stalkerware list."
    }
}
