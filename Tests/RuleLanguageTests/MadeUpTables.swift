import ArtifactModel
import RuleLanguage

/// Field tables of artefacts that do not exist.
enum MadeUpTables {
    static func column(
        _ name: String, _ form: FieldTable.Form = .text, isContent: Bool = false
    ) -> FieldTable.Column {
        FieldTable.Column(
            name: name, form: form, observable: name == "process" ? .processName : nil, isContent: isContent)
    }

    static let usage = FieldTable(
        "apple.network.usage", "Usage",
        [
            column("process"), column("bundle_identifier"), column("first_seen", .moment),
            column("last_seen", .moment), column("bytes_in", .integer), column("seconds", .real),
            column("process_found", .truth), column("links", .texts), column("details", .nested),
            column("blob", .bytes), column("note", isContent: true),
        ])
    static let crashes = FieldTable(
        "apple.system.crashes", "Crashes", [column("process"), column("crashed", .moment), column("reason")])
    static let timeless = FieldTable("apple.system.timeless", "Timeless", [column("process")])
    static let packages = FieldTable(
        "android.apps.packages", "Packages", [column("package"), column("installed", .moment)])
    static let all = [usage, crashes, timeless, packages]

    /// A rule over `usage` with these lines under `detection:`.
    static func rule(_ detection: String, more: String = "", source: String = "service: usage") -> String {
        "title: A rule\nid: r1\nlogsource: {product: ios, \(source)}\ndetection:\n"
            + detection.split(separator: "\n").map { "  " + $0 + "\n" }.joined() + more
    }

    static func compile(_ texts: String...) -> RuleSet {
        RuleSet(
            texts.enumerated().map { RuleFile("\($0 + 1).yml", Array($1.utf8)) }, tables: all)
    }

    /// The problems of some files, in words.
    static func problems(_ texts: String...) -> [String] {
        RuleSet(
            texts.enumerated().map { RuleFile("\($0 + 1).yml", Array($1.utf8)) }, tables: all
        ).problems.map(\.description)
    }
}
