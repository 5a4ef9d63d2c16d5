import FileFormats
import Primitives

/// Reads the criteria (`definition` in 1.0) of the indicators of compromise of a file, and hands every alternative at the
/// top over as soon as it ends.
///
/// Each alternative is a pattern of its own, under the identifier that its publisher gave it. What is inside of an AND
/// waits for the end of it; one that the file ends in is not used.
final class OpenIOCCriteria: XMLVisitor {
    /// Items in one alternative: more are no AND that a person wrote.
    static let itemLimit = PatternParser.constantLimit

    /// An `Indicator` that has begun.
    private struct Group {
        let identifier: String
        /// Whether all parts are needed.
        let isAll: Bool
        /// Why it can't be used, whatever its parts are.
        let refusal: String?
        /// Whether it and all around it are OR, so that its parts are alternatives at the top.
        let isOpen: Bool
        var parts: [OpenIOCNode] = []
        /// How many parts there were, and how many items inside of them.
        var count = 0
        var items = 0

        init(_ attributes: [String: String], isTop: Bool) {
            identifier = attributes["id"] ?? ""
            let word = attributes["operator"]?.uppercased()
            isAll = word == "AND"
            if !isAll, word != "OR" {
                refusal = "The operator is neither AND nor OR."
            } else {
                // The schema negates items only; to pass over a negation would turn the meaning round.
                refusal = OpenIOCItem.isTrue(attributes["negate"]) ? "Only single items are negated in OpenIOC." : nil
            }
            isOpen = isTop && !isAll && refusal == nil
        }
    }

    private let documents: [OpenIOCMetadata.Document]
    private let intake: IndicatorIntake
    private var number = -1
    private var depth = 0
    private var documentDepth: Int?
    private var identifier = ""
    /// How deep the element stands that is passed over with all that is in it.
    private var skipped: Int?
    /// The names of the elements that are open below the document, and not passed over.
    private var names: [String] = []
    private var groups: [Group] = []
    private var item: OpenIOCItem?
    private var text: OpenIOCText?
    /// How many alternatives the document had.
    private var count = 0

    init(_ documents: [OpenIOCMetadata.Document], _ intake: IndicatorIntake) {
        (self.documents, self.intake) = (documents, intake)
    }

    private var document: OpenIOCMetadata.Document {
        documents.indices.contains(number) ? documents[number] : OpenIOCMetadata.Document()
    }

    // MARK: - Elements

    func enter(_ name: String, attributes: [String: String]) {
        depth += 1
        let name = name.lowercased()
        guard documentDepth != nil else {
            if OpenIOC.isDocument(name) { begin(attributes["id"] ?? "") }
            return
        }
        guard skipped == nil else { return }
        let parent = names.last
        names.append(name)
        if item != nil {
            switch name {
            case "context": item?.term = attributes["search"] ?? ""
            case "content", "comment": text = OpenIOCText()
            default:
                skipped = depth
                if name.hasPrefix("indicator") { item?.isNested = true }
            }
            return
        }
        switch name {
        case "definition", "criteria": if parent != nil { unknown(attributes) }
        case "indicator":
            groups.append(Group(attributes, isTop: groups.last?.isOpen ?? true))
        case "indicatoritem": item = OpenIOCItem(attributes)
        case "comment", "comments", "description": skipped = depth
        default: if parent == nil { skipped = depth } else { unknown(attributes) }
        }
    }

    /// Passes over an element of the criteria that nobody knows, and what stands around it: it may be a condition.
    private func unknown(_ attributes: [String: String]) {
        skipped = depth
        let known = attributes["id"] ?? groups.last?.identifier ?? ""
        add(failure(.unsupportedPattern, "The criteria have an element that is not OpenIOC's.", known))
    }

    func take(text piece: UnsafeBufferPointer<UInt8>) { text?.append(piece) }

    func leave(_ name: String) {
        defer { depth -= 1 }
        guard let documentDepth else { return }
        guard depth > documentDepth else { return end() }
        if let skipped, depth > skipped { return }
        let name = names.popLast()
        if skipped != nil {
            skipped = nil
            return
        }
        switch name {
        case "content":
            item?.content = text
            text = nil
        case "comment":
            item?.comment = text?.trimmed
            text = nil
        case "indicatoritem":
            guard let finished = item else { break }
            item = nil
            let comment = finished.comment ?? document.comments[finished.identifier]
            add(
                OpenIOCNode(
                    finished.comparison, document: finished.document, identifier: finished.identifier,
                    comment: comment))
        case "indicator": if let group = groups.popLast() { close(group) }
        default: break
        }
    }

    private func begin(_ identifier: String) {
        (number, documentDepth, self.identifier, count) = (number + 1, depth, identifier, 0)
        let document = document
        if let created = document.created {
            intake.publication.created = min(intake.publication.created ?? created, created)
        }
        if let modified = document.modified {
            intake.publication.modified = max(intake.publication.modified ?? modified, modified)
        }
        if intake.publication.publisher == nil { intake.publication.publisher = document.facts.publisher }
        if intake.publication.title == nil { intake.publication.title = document.title }
    }

    private func end() {
        documentDepth = nil
        names = []
        if count == 0 { intake.note(.empty, "The indicator of compromise has no criteria.", identifier) }
    }

    /// Says what was begun and not ended, behind the last document.
    func finish() {
        guard let group = groups.first(where: { !$0.isOpen }) else { return }
        intake.note(
            .damagedObject, "The file ends in the middle of an AND, of which nothing is used.", group.identifier)
    }

    // MARK: - Parts

    private func failure(_ kind: IndicatorProblem.Kind, _ reason: String, _ identifier: String) -> OpenIOCNode {
        OpenIOCNode(
            .failure(IndicatorPattern.Refusal(kind: kind, reason: reason)), document: "", identifier: identifier,
            comment: nil)
    }

    private func close(_ group: Group) {
        guard group.count > 0 else {
            return add(failure(.damagedObject, "The indicator has no items.", group.identifier))
        }
        guard !group.isOpen else { return }
        if let refusal = group.refusal { return add(failure(.malformedPattern, refusal, group.identifier)) }
        guard group.items <= OpenIOCCriteria.itemLimit,
            let node = OpenIOCNode(
                group.parts, isAll: group.isAll, identifier: group.identifier)
        else {
            return add(
                failure(
                    .unsupportedPattern, "The criteria have more than \(OpenIOCCriteria.itemLimit) items in one AND.",
                    group.identifier))
        }
        add(node, items: group.items)
    }

    /// Puts a part where it belongs: to the indicator around it, or to use.
    private func add(_ node: OpenIOCNode, items: Int = 1) {
        guard let last = groups.indices.last else { return use(node) }
        groups[last].count += 1
        guard !groups[last].isOpen else { return use(node) }
        groups[last].items += items
        // What is beyond the limit will not be used and need not be kept.
        if groups[last].items <= OpenIOCCriteria.itemLimit { groups[last].parts.append(node) }
    }

    /// Uses an alternative at the top, or says why not.
    private func use(_ node: OpenIOCNode) {
        count += 1
        let identifier = node.identifier.isEmpty ? self.identifier : node.identifier
        let text: String
        do throws(IndicatorPattern.Refusal) {
            text = try node.expression().text
        } catch {
            if case .item = node.content { return intake.note(error, identifier) }
            return intake.note(error.kind, error.reason + " All that it is joined with is not used.", identifier)
        }
        let comment = node.comment ?? document.comments[node.identifier]
        text.withBytes { intake.add(pattern: $0, identifier: identifier, note: comment, facts: document.facts) }
    }
}
