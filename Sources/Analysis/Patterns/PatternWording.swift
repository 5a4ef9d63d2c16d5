import ArtifactModel
import Indicators
import Primitives

/// The words of a finding that a published pattern over several properties or records caused.
enum PatternWording {
    static func title(_ pattern: CompoundPattern, _ count: Int) -> String {
        let family = pattern.family.map { "published for \($0)" } ?? "published as an indicator"
        return count == 1 ? "A record fits a pattern \(family)" : "\(count) records together fit a pattern \(family)"
    }

    static func meaning(
        _ pattern: CompoundPattern, _ records: [(title: String, moment: Timestamp?, values: [String])], _ count: Int
    ) -> String {
        var text = pattern.text
        if text.utf8.count > 500 { text = String(text.prefix(500)) + " …" }
        let publisher = pattern.family.map { " as a trace of \($0)" } ?? ""
        var meaning = "The pattern \(text) was published\(publisher) in \(pattern.source)."
        meaning += count == 1 ? " This record fits it: " : " \(count) records fit it together: "
        meaning += records.map { record in
            let values = record.values.joined(separator: ", ")
            return "\(record.title)\(record.moment.map { ", \($0)" } ?? ""): \(values)"
        }.joined(separator: "; ")
        if count > records.count { meaning += "; and \(count - records.count) more" }
        return meaning + "." + IndicatorWording.publication(pattern.marking, pattern.validUntil)
    }

    static func limits(_ state: Observable.State) -> String {
        "It does not show that the records have anything to do with one another beyond what the pattern asks for. "
            + IndicatorWording.limits(state)
    }

    static let benignCauses = [
        "A pattern of several common things that came together by chance",
        "Reading about the spyware, or checking a suspicious link",
    ]
}
