import Analysis
import RuleLanguage
import RulePack
import Testing

/// The rules for Android, which no artefact gives records for yet: tried against fields that are made up here.
struct AndroidRules {
    /// What the rules expect of the artefacts to come.
    private static let tables: [FieldTable] = [
        table(
            "applications.packages",
            [
                ("package_name", .text), ("installer", .text), ("is_system", .truth), ("is_disabled", .truth),
                ("certificate_sha256", .texts), ("first_installed", .moment),
            ]),
        table("files.file-listing", [("path", .text), ("modified", .moment)]),
        table("system.properties", [("name", .text), ("value", .text)]),
        table("system.settings", [("namespace", .text), ("name", .text), ("value", .text)]),
        table(
            "system.mounts", [("mount_point", .text), ("is_system_partition", .truth), ("is_read_write", .truth)]),
        table(
            "system.tombstones",
            [("process", .text), ("user_identifier", .integer), ("signal", .text), ("crashed", .moment)]),
        table(
            "system.debugging-keys",
            [("user", .text), ("fingerprint", .text), ("is_from_acquisition", .truth), ("last_connected", .moment)]),
        table(
            "system.intrusion-events",
            [("event", .text), ("event_number", .integer), ("succeeded", .truth), ("occurred", .moment)]),
        table(
            "privacy.accessibility-services",
            [("package_name", .text), ("is_enabled", .truth), ("installer", .text), ("is_system", .truth)]),
        table(
            "privacy.application-operations",
            [("package_name", .text), ("operation", .text), ("access", .text), ("occurred", .moment)]),
        table(
            "usage.battery-daily",
            [("package_name", .text), ("action", .text), ("version_code", .integer), ("period_start", .moment)]),
    ]

    private static func table(_ name: String, _ fields: [(String, FieldTable.Form)]) -> FieldTable {
        FieldTable("android." + name, name, fields.map { FieldTable.Column(name: $0.0, form: $0.1) })
    }

    /// The files for Android, with their rules as if they were in use.
    private static let rules = RuleSet(
        RulePack.files.filter { $0.name.hasPrefix("android/") }.map { file in
            let text = String(decoding: file.bytes, as: UTF8.self)
            let documents = text.components("---\n").map { document in
                document.contains("\ndetection:")
                    ? document.replacing("status: unsupported", with: "status: test") : document
            }
            return RuleFile(file.name, Array(documents.joined(separator: "---\n").utf8))
        }, tables: tables)

    @Test func `fit the fields that they expect`() {
        #expect(Self.rules.problems.isEmpty, "\(Self.rules.problems.map(\.description).joined(separator: "\n"))")
        #expect(Self.rules.rules.count >= 20)
    }

    @Test func `fire on their examples and stay quiet on the others`() throws {
        for result in try RuleTrial(Self.rules, tables: Self.tables).results() {
            #expect(result.examples >= 2, "\(result.identifier)")
            #expect(result.failures.isEmpty, "\(result.failures.map(\.description).joined(separator: "\n"))")
        }
    }

    @Test func `say that they can't be checked until an artefact gives their fields`() {
        for rule in Self.rules.rules { #expect(rule.head.card.notCheckable != nil, "\(rule.head.identifier)") }
    }
}

extension String {
    /// The parts between a separator.
    fileprivate func components(_ separator: String) -> [Substring] { split(separator: separator[...]) }
}
