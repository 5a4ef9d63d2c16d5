import Primitives
import YAMLFormat

/// Loads the list of the stalkerware project: applications, each with its packages, certificates, sites and servers.
///
/// Source: https://github.com/AssoEchap/stalkerware-indicators, `ioc.yaml` and its README.
enum StalkerwareList {
    static func load(_ bytes: [UInt8], into intake: IndicatorIntake) {
        let documents: [YAMLDocument]
        do throws(YAMLError) {
            documents = try YAMLDocument.documents(in: bytes)
        } catch {
            return intake.note(.damagedFile, "The file can't be read as YAML: \(error).")
        }
        for document in documents {
            if isIndex(document.root) {
                intake.note(
                    .damagedFile,
                    "The file is an index of indicator sets and holds none itself; an update fetches what it lists.")
                continue
            }
            guard let applications = document.root.sequence else {
                intake.note(.damagedFile, "The file is no list of applications: expected a YAML list.")
                continue
            }
            for (number, application) in applications.enumerated() { take(application, number, intake) }
        }
    }

    private static func isIndex(_ root: YAMLValue) -> Bool {
        (root["indicators"]?.sequence ?? []).contains { $0["github"] != nil || $0["download_url"] != nil }
    }

    private static func take(_ application: YAMLValue, _ number: Int, _ intake: IndicatorIntake) {
        guard let members = application.mapping else {
            return intake.note(.damagedObject, "Entry \(number + 1) of the list is no application.")
        }
        var facts = IndicatorFacts()
        facts.family = application["name"]?.text
        let identifier = facts.family ?? "entry \(number + 1)"
        for member in members {
            switch member.name {
            case "name", "names", "type": break
            case "packages": add(member.value, "app:id", "A package of the application", identifier, facts, intake)
            case "certificates":
                add(member.value, "app:cert.sha1", "A certificate of the maker", identifier, facts, intake)
            case "websites", "distribution":
                add(member.value, "domain-name:value", "A site that offers the application", identifier, facts, intake)
            case "c2":
                guard let servers = member.value.mapping else {
                    unknown("c2", identifier, intake)
                    continue
                }
                for server in servers {
                    switch server.name {
                    case "domains":
                        add(
                            server.value, "domain-name:value", "A server of the application", identifier, facts, intake)
                    case "ips", "ip":
                        add(server.value, "ip", "A server of the application", identifier, facts, intake)
                    default: unknown("c2." + server.name, identifier, intake)
                    }
                }
            default: unknown(member.name, identifier, intake)
            }
        }
    }

    private static func unknown(_ key: String, _ identifier: String, _ intake: IndicatorIntake) {
        let name = key.utf8.count <= 60 ? key : "such a property"
        intake.note(.unknownProperty, "No record is compared with \(name).", identifier)
    }

    private static func add(
        _ values: YAMLValue, _ property: String, _ note: String, _ identifier: String, _ facts: IndicatorFacts,
        _ intake: IndicatorIntake
    ) {
        guard let texts = values.texts else {
            if values.scalar == nil {
                intake.note(.damagedObject, "Line \(values.line) is no list of texts.", identifier)
            }
            return
        }
        for text in texts {
            let value = ListedValue.restored(text)
            let property = property == "ip" ? SharedAttribute.addressProperty(value) : property
            intake.add(property, value, identifier: identifier, note: note, facts: facts)
        }
    }
}
