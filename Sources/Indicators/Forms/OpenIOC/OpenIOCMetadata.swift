import FileFormats
import Primitives

/// What the indicators of compromise of a file say of themselves, in their order.
///
/// The family is what a link of that relation names, else the short description, which is the title. When it was written
/// (`authored_date`) is not from when on it is valid, and is taken for the file only. Editors that were told no date
/// write the year 1.
final class OpenIOCMetadata: XMLVisitor {
    /// One of them.
    struct Document {
        fileprivate(set) var facts = IndicatorFacts()
        fileprivate(set) var title: String? {
            didSet { facts.family = family ?? title }
        }
        fileprivate(set) var created: Timestamp?
        fileprivate(set) var modified: Timestamp?
        /// Comments on single items (`parameters` of 1.1), by their identifiers.
        fileprivate(set) var comments: [String: String] = [:]
        private var family: String? {
            didSet { facts.family = family ?? title }
        }
        private var hasReport = false
    }

    private(set) var documents: [Document] = []
    /// How many elements are open, and how many of them belong to the criteria or to what nobody knows.
    private var depth = 0
    private var documentDepth: Int?
    private var text: OpenIOCText?
    private var link = (relation: "", address: "")
    private var parameter = (name: "", item: "")

    func enter(_ name: String, attributes: [String: String]) {
        depth += 1
        let name = name.lowercased()
        if documentDepth == nil, OpenIOC.isDocument(name) {
            documentDepth = depth
            var document = Document()
            document.modified = OpenIOCMetadata.moment(attributes["last-modified"])
            documents.append(document)
        }
        guard documentDepth != nil else { return }
        switch name {
        case "short_description", "authored_by", "authored_date", "value": text = OpenIOCText()
        case "link":
            link = (attributes["rel"]?.lowercased() ?? "", attributes["href"] ?? "")
            text = OpenIOCText()
        case "param": parameter = (attributes["name"]?.lowercased() ?? "", attributes["ref-id"] ?? "")
        default: text = nil
        }
    }

    func take(text piece: UnsafeBufferPointer<UInt8>) { text?.append(piece) }

    func leave(_ name: String) {
        let content = text?.trimmed
        text = nil
        if documentDepth != nil, let last = documents.indices.last {
            switch name.lowercased() {
            case "short_description": documents[last].title = documents[last].title ?? content
            case "authored_by": documents[last].facts.publisher = documents[last].facts.publisher ?? content
            case "authored_date":
                documents[last].created = documents[last].created ?? OpenIOCMetadata.moment(content)
            case "link": documents[last].take(link, content)
            case "value":
                if parameter.name == "comment", !parameter.item.isEmpty, let content {
                    documents[last].comments[parameter.item] = content
                }
            default: break
            }
            if documentDepth == depth { documentDepth = nil }
        }
        depth -= 1
    }

    /// A moment of the schema; one without a zone is taken for UTC. The year 1 stands for none.
    private static func moment(_ text: String?) -> Timestamp? {
        guard let text, !text.hasPrefix("0001-") else { return nil }
        return Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "Z")
    }
}

extension OpenIOCMetadata.Document {
    /// Takes what a link says, in its text or its address.
    fileprivate mutating func take(_ link: (relation: String, address: String), _ content: String?) {
        switch link.relation {
        case "family": family = family ?? content
        case "license", "licence": facts.licence = facts.licence ?? content
        case "tlp":
            if case .trafficLight(let colour)? = ThreatMarking(trafficLight: content ?? "") {
                facts.marking = ThreatMarking.stricter(facts.marking, colour)
            }
        default:
            let address = link.address.isEmpty ? content ?? "" : link.address
            let lower = address.lowercased()
            guard lower.hasPrefix("http://") || lower.hasPrefix("https://") else { return }
            // A report says more than whatever else is linked.
            if link.relation == "report", !hasReport {
                facts.reference = address
                hasReport = true
            } else if facts.reference == nil {
                facts.reference = address
            }
        }
    }
}
