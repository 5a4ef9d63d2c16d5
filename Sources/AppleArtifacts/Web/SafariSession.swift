import FileFormats
import Primitives

/// The back and forward list of a Safari tab.
///
/// Four bytes, whose meaning is not published, then a property list with `SessionHistory` and in it
/// `SessionHistoryEntries`, oldest first. A tab that showed nothing has no `SessionHistory`.
struct SafariSession: Sendable {
    /// Session data of a tab is some kilobytes, with form data and scroll positions of every page.
    static let sizeLimit = 16 << 20
    /// Safari keeps a hundred pages; a list beyond this was made to cost time.
    static let entryLimit = 10_000

    var urls: [String] = []
    /// Only those that differ from where they led.
    var originalURLs: [String] = []
    var titles: [String] = []
    var index: Int64?
    /// Entries that name no page.
    var unread = 0

    /// No pages.
    init() {}

    /// Reads the session data of a tab.
    init(parsing bytes: [UInt8]) throws(ParseError) {
        guard !bytes.isEmpty else { return }
        // Some rows have the list without the four bytes.
        let hasHeader = !bytes.starts(with: "bplist".utf8) && !bytes.starts(with: "<?xml".utf8)
        let list = try PropertyList(parsing: hasHeader ? Array(bytes.dropFirst(4)) : bytes)
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary of session data") }
        guard let history = list["SessionHistory"] else { return }
        index = history["SessionHistoryCurrentIndex"]?.integer
        guard let entries = history["SessionHistoryEntries"] else { return }
        guard let entries = entries.list else { throw ParseError(.malformed, "a list named SessionHistoryEntries") }
        guard entries.count <= Self.entryLimit else {
            throw ParseError(.beyondLimit, "at most \(Self.entryLimit) pages of a tab")
        }
        for entry in entries {
            let url = entry["SessionHistoryEntryURL"]?.text
            let original = entry["SessionHistoryEntryOriginalURL"]?.text
            if let title = entry["SessionHistoryEntryTitle"]?.text, !title.isEmpty { titles.append(title) }
            if let url { urls.append(url) }
            if let original, original != url { originalURLs.append(original) }
            if url == nil, original == nil { unread += 1 }
        }
    }
}
