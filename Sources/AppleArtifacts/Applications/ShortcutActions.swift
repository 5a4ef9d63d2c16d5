import FileFormats
import Primitives

/// The actions of one shortcut: what they are called and which links their parameters hold.
///
/// The property list is the list of actions itself, or a dictionary with the list under `WFWorkflowActions`.
struct ShortcutActions: Sendable {
    /// Identifiers in the order of the shortcut.
    private(set) var identifiers: [String] = []
    /// Links in the order of the actions, each once.
    var links: [String] { collection.links }
    private var collection = LinkCollection()

    /// Actions that open what they are given. Names of Apple's own actions, as shortcuts hold them.
    private static let opening = [
        "is.workflow.actions.openurl", "is.workflow.actions.showwebpage", "is.workflow.actions.openxcallbackurl",
    ]

    /// Whether one of the actions opens a link.
    var canOpenLink: Bool { identifiers.contains { Self.opening.contains($0.lowercased()) } }

    /// Adds a list of actions.
    mutating func add(_ list: PropertyList) throws(ParseError) {
        guard let actions = list.list ?? list["WFWorkflowActions"]?.list else {
            throw ParseError(.malformed, "a list of actions")
        }
        for action in actions {
            if let identifier = action["WFWorkflowActionIdentifier"]?.text { identifiers.append(identifier) }
            guard let parameters = action["WFWorkflowActionParameters"] else { continue }
            var texts = PropertyListTexts()
            texts.add(parameters)
            for text in texts.texts {
                collection.add(linksIn: text)
                // A whole text that is a link of another scheme opens an application: shortcuts://run-shortcut?name=…
                if text.utf8.count < 4_096, !text.contains(where: \.isWhitespace), !Self.isWebLink(text) {
                    collection.add(stored: text)
                }
            }
        }
    }

    private static func isWebLink(_ text: String) -> Bool {
        let start = text.prefix(8).lowercased()
        return start.hasPrefix("http://") || start.hasPrefix("https://")
    }
}
