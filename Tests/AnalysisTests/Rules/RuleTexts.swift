import ArtifactModel
import RuleLanguage

/// Rules over the made-up artefacts of these tests.
enum RuleTexts {
    static let tables = [FieldTable(MadeUpPages.self), FieldTable(MadeUpProcesses.self)]

    static func set(_ texts: String...) -> RuleSet {
        RuleSet(texts.enumerated().map { RuleFile("\($0 + 1).yml", Array($1.utf8)) }, tables: tables)
    }

    /// A rule over pages with one search.
    static func pages(_ id: String, _ search: String, more: String = "") -> String {
        "title: Rule \(id)\nid: \(id)\nlogsource: {service: made.up.pages}\n"
            + "detection: {s: {\(search)}, condition: s}\n\(more)\n---\n"
    }

    static func correlation(
        _ id: String, _ type: String, _ rules: String, _ timespan: String = "10s", _ more: String = ""
    ) -> String {
        "title: Correlation \(id)\nid: \(id)\nlevel: high\n"
            + "correlation: {type: \(type), rules: [\(rules)], timespan: \(timespan)\(more)}\n---\n"
    }
}
