/// What a message of the installation service, or of the one for containers, says was done, as far as its words are
/// published.
struct InstallationEvent {
    /// What was done, in one word of ours.
    var name: String
    var bundleIdentifier: String?
    /// What stands before the identifier: `Customer`, `System`, `Placeholder`.
    var group: String?
    var path: String?

    /// What stands behind the words of an event.
    private enum Form: Sendable {
        /// `Customer:com.example.app)`
        case bracket
        /// `com.example.app`, and more words perhaps.
        case identifier
        /// `com.example.app at /private/var/…`, with these words between the two.
        case path(String)
        /// Nothing of interest.
        case nothing
    }

    private struct Phrase: Sendable {
        var words: [UInt8]
        var name: String
        var form: Form

        init(_ words: String, _ name: String, _ form: Form) {
            self.words = Array(words.utf8)
            self.name = name
            self.form = form
        }
    }

    private static let phrases = [
        Phrase("Install Successful for (", "installed", .bracket),
        Phrase("Uninstalling identifier ", "uninstalling", .identifier),
        Phrase("Destroying container with identifier ", "container-removed", .path(" at ")),
        Phrase("Destroying container ", "container-removed", .path(" at ")),
        Phrase("Made container live for ", "container-made", .path(" at ")),
        Phrase("Data container for ", "container-moved", .path(" is now at ")),
        Phrase("Attempting Delta patch update of ", "updating", .path(" from ")),
        Phrase("Last reference to group container ", "group-container-removed", .identifier),
        Phrase("main: Reboot detected", "restart", .nothing),
    ]
    /// Which bytes begin one of the phrases.
    private static let isBeginning: [Bool] = (0..<256).map { byte in
        phrases.contains { $0.words.first == UInt8(byte) }
    }

    /// Reads a message; one about something else gives nothing. Messages are made text only where they say something.
    init?(_ message: ArraySlice<UInt8>) {
        let found: (phrase: Phrase, end: Int)? = message.withUnsafeBufferPointer { bytes in
            for start in bytes.indices where Self.isBeginning[Int(bytes[start])] {
                for phrase in Self.phrases where bytes.count - start >= phrase.words.count {
                    let end = start + phrase.words.count
                    if bytes[start..<end].elementsEqual(phrase.words) { return (phrase, end) }
                }
            }
            return nil
        }
        guard let found else { return nil }
        let rest = String(decoding: message.dropFirst(found.end), as: UTF8.self)
        name = found.phrase.name
        switch found.phrase.form {
        case .nothing: break
        case .identifier: bundleIdentifier = Self.filled(rest.prefix { !" ;,".contains($0) })
        case .bracket:
            let inside = rest.prefix { $0 != ")" }
            let parts = inside.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            bundleIdentifier = parts.last.flatMap(Self.filled)
            group = parts.count == 2 ? Self.filled(parts[0]) : nil
        case .path(let words):
            if let range = rest.firstRange(of: words) {
                bundleIdentifier = Self.filled(rest[..<range.lowerBound])
                path = Self.filled(rest[range.upperBound...])
            } else {
                bundleIdentifier = Self.filled(rest.prefix { $0 != " " })
            }
        }
    }

    private static func filled(_ text: Substring) -> String? { text.isEmpty ? nil : String(text) }
}
