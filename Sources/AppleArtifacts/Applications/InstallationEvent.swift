/// What a message of the installation service, or of the one for containers, says was done, as far as its words are published.
struct InstallationEvent {
    /// What was done, in one word of ours.
    var name: String
    var bundleIdentifier: String?
    /// What stands before the identifier: `Customer`, `System`, `Placeholder`.
    var group: String?
    var path: String?

    /// Reads a message; one about something else gives nothing.
    init?(_ message: Substring) {
        if let rest = message.behind("Install Successful for (") {
            let inside = rest.prefix { $0 != ")" }
            let parts = inside.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            self.init(
                name: "installed", bundleIdentifier: String(parts.last ?? ""),
                group: parts.count == 2 ? String(parts[0]) : nil)
        } else if let rest = message.behind("Uninstalling identifier ") {
            self.init(name: "uninstalling", bundleIdentifier: String(rest.prefix { !" ;,".contains($0) }))
        } else if let rest = message.behind("Destroying container ") {
            self.init(name: "container-removed", rest.behind("identifier ") ?? rest, " at ")
        } else if let rest = message.behind("Made container live for ") {
            self.init(name: "container-made", rest, " at ")
        } else if let rest = message.behind("Data container for ") {
            self.init(name: "container-moved", rest, " is now at ")
        } else if let rest = message.behind("Attempting Delta patch update of ") {
            self.init(name: "updating", rest, " from ")
        } else if let rest = message.behind("Last reference to group container ") {
            self.init(name: "group-container-removed", bundleIdentifier: String(rest.prefix { !" ;,".contains($0) }))
        } else if message.contains("main: Reboot detected") {
            self.init(name: "restart")
        } else {
            return nil
        }
    }

    private init(name: String, bundleIdentifier: String? = nil, group: String? = nil, path: String? = nil) {
        self.name = name
        self.bundleIdentifier = bundleIdentifier?.isEmpty == false ? bundleIdentifier : nil
        self.group = group
        self.path = path
    }

    /// `com.example.app at /private/var/…`, with these words between the two.
    private init(name: String, _ text: Substring, _ words: String) {
        guard let range = text.firstRange(of: words) else {
            self.init(name: name, bundleIdentifier: String(text.prefix { $0 != " " }))
            return
        }
        self.init(
            name: name, bundleIdentifier: String(text[..<range.lowerBound]), path: String(text[range.upperBound...]))
    }
}

extension Substring {
    /// What stands behind the first occurrence of some words.
    fileprivate func behind(_ words: String) -> Substring? {
        firstRange(of: words).map { self[$0.upperBound...] }
    }
}
