import ArtifactModel
import YAMLFormat

extension RuleReader {
    private static let cardMembers = [
        "version", "surface", "family", "os", "state", "meaning", "limits", "next-step", "sources", "times", "examples",
        "measured", "not-checkable",
    ]

    /// What stands under `bridle:`.
    func card(_ value: YAMLValue) throws(RuleProblem) -> RuleCard {
        let members = try members(value, "'bridle'", RuleReader.cardMembers)
        var card = RuleCard()
        card.version = Int(try integer(members["version"], 1...1_000_000) ?? 1)
        card.surface = try text(members["surface"])
        card.family = try text(members["family"], limit: 256)
        card.state = try word(members["state"], Observable.State.self)
        card.meaning = try text(members["meaning"])
        card.limits = try text(members["limits"])
        card.nextStep = try text(members["next-step"])
        card.times = try texts(members["times"])
        card.notCheckable = try text(members["not-checkable"])
        if let releases = members["os"] {
            let found = try self.members(releases.value, "'os'", ["from", "to"])
            card.releases = RuleCard.Releases(from: try text(found["from"]), to: try text(found["to"]))
        }
        if let sources = members["sources"] {
            for value in try values(sources) { card.sources.append(try source(value)) }
        }
        if let measured = members["measured"] {
            for value in try values(measured) { card.measured.append(try measurement(value)) }
        }
        if let examples = members["examples"] {
            let found = try self.members(examples.value, "'examples'", ["fires", "quiet"])
            card.fires = try self.examples(found["fires"])
            card.quiet = try self.examples(found["quiet"])
        }
        return card
    }

    private func source(_ value: YAMLValue) throws(RuleProblem) -> Reference {
        let found = try members(value, "a source", ["organisation", "title", "date", "link"])
        guard let organisation = try text(found["organisation"]), let title = try text(found["title"]) else {
            throw problem(value.line, "a source has an organisation and a title")
        }
        return Reference(
            organisation, title, date: try text(found["date"]) ?? "", link: try text(found["link"]) ?? "")
    }

    private func measurement(_ value: YAMLValue) throws(RuleProblem) -> RuleCard.Measurement {
        let found = try members(value, "a measurement", ["corpus", "records", "hits"])
        guard let corpus = try text(found["corpus"]), let records = try integer(found["records"], 0...Int64.max),
            let hits = try integer(found["hits"], 0...records)
        else { throw problem(value.line, "a measurement has a corpus, a number of records, and a number of hits") }
        return RuleCard.Measurement(corpus: corpus, records: records, hits: hits)
    }

    private func examples(_ member: YAMLMember?) throws(RuleProblem) -> [RuleExample] {
        guard let member else { return [] }
        var examples: [RuleExample] = []
        for value in try values(member) {
            var entries: [RuleExample.Entry] = []
            for record in value.sequence ?? [value] {
                var fields = try members(record, "an example")
                var artifact: String?
                if let index = fields.firstIndex(where: { $0.name == "artifact" }) {
                    artifact = try text(fields[index])
                    fields.remove(at: index)
                }
                entries.append(RuleExample.Entry(artifact: artifact, fields: fields, line: record.line))
            }
            examples.append(RuleExample(entries: entries, line: value.line))
        }
        return examples
    }
}
