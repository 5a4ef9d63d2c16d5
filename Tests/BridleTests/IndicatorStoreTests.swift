import Foundation
import SyntheticEvidence
import Testing

/// `bridle indicators`, with a store in a temporary folder.
@Suite(.timeLimit(.minutes(30))) struct IndicatorStoreTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
        _ = try Phone.indicators(in: workspace)
    }

    @Test func `what is added is listed, shown, verified and used`() async throws {
        #expect(try await bridle("indicators", "list").output.contains("holds no indicators"))
        let added = try await bridle("indicators", "add", "indicators.stix2")
        #expect(added.code == 0 && added.output.contains("5 indicators added"), "\(added.output)\(added.error)")
        #expect(try workspace.names("data/indicators/generations") == ["1.json"])
        #expect(try await bridle("indicators", "list").output.contains("Pegasus"))
        #expect(try await bridle("indicators").output.contains("Pegasus"))
        let shown = try await bridle("indicators", "show", "https://a.\(IncidentIndicators.domain)/x")
        #expect(shown.output.contains("domain-name \(IncidentIndicators.domain) (subdomain)"), "\(shown.output)")
        let none = try await bridle("indicators", "show", "example.org")
        #expect(none.output.contains("That says nothing about the value"))
        #expect(try await bridle("indicators", "verify").output.contains("5 indicators can be used, 0 patterns can't"))
        try Phone.person("cedar", in: workspace)
        #expect(try await bridle("check", "backup", "--fail-on", "high").code == 10)
        #expect(try await bridle("check", "backup", "--no-store", "--fail-on", "high").code == 0)
        #expect(try await bridle("indicators", "add", "indicators.stix2").code == 0)
        #expect(try workspace.names("data/indicators/generations") == ["1.json"])
    }

    @Test func `all files are added or none`() async throws {
        try workspace.write("not JSON", to: "broken.stix2")
        try workspace.makeFolder("other")
        try workspace.write(IncidentIndicators.bundle, to: "other/INDICATORS.stix2")
        for (file, code) in [
            ("broken.stix2", 65), ("nowhere.stix2", 66), ("other/INDICATORS.stix2", 64), ("other", 66),
        ] as [(String, Int32)] {
            let outcome = try await bridle("indicators", "add", "indicators.stix2", file)
            #expect(outcome.code == code, "\(file): \(outcome.error)")
            #expect(!workspace.exists("data/indicators/current"), "\(file)")
        }
    }

    @Test func `half a file does not take the place of a whole one unless asked`() async throws {
        #expect(try await bridle("indicators", "add", "indicators.stix2").code == 0)
        let bundle = try workspace.text("indicators.stix2")
        try workspace.makeFolder("cut")
        try workspace.write(String(bundle.prefix(bundle.count * 3 / 4)), to: "cut/indicators.stix2")
        let refused = try await bridle("indicators", "add", "cut/indicators.stix2")
        #expect(refused.code == 65 && refused.error.contains("--allow-damaged"), "\(refused.error)")
        #expect(try await bridle("indicators", "verify").output.contains("5 indicators can be used"))
        let asked = try await bridle("indicators", "add", "cut/indicators.stix2", "--allow-damaged")
        #expect(asked.code == 0 && !asked.output.contains("5 indicators added"), "\(asked.error) \(asked.output)")
    }

    @Test func `a store whose content was changed is told although a cache has it`() async throws {
        #expect(try await bridle("indicators", "add", "indicators.stix2").code == 0)
        #expect(try await bridle("indicators", "verify").output.contains("The store is whole: 1 file"))
        let object = try #require(try workspace.names("data/indicators/objects").first)
        try workspace.write("x\n", to: "data/indicators/objects/" + object)
        let outcome = try await bridle("indicators", "verify")
        #expect(outcome.code == 65 && outcome.error.contains("1 of 1 file of the store is damaged"), "\(outcome.error)")
    }

    @Test func `patterns over several properties count, and are shown with what they name`() async throws {
        let bundle = """
            {"type":"bundle","id":"bundle--1","objects":[
            {"type":"malware","id":"malware--11111111-1111-4111-8111-111111111111","name":"Imaginary"},
            {"type":"indicator","id":"indicator--1","pattern_type":"stix","pattern":
            "[domain-name:value = 'evil-ioc.example' AND process:name = 'implantd']"}]}
            """
        try workspace.write(bundle, to: "p.stix2")
        let listed = try await bridle("indicators", "list", "-i", "p.stix2")
        #expect(listed.output.contains("0 indicators and 1 pattern of 1 file"), "\(listed.output)")
        #expect(listed.output.contains("patterns over several properties 1") && listed.output.contains("Imaginary"))
        let shown = try await bridle("indicators", "show", "evil-ioc[.]example", "-i", "p.stix2")
        #expect(shown.output.contains("Looked for evil-ioc.example") && shown.output.contains("(names the value)"))
        try Phone.person("cedar", in: workspace)
        let checked = try await bridle("check", "backup", "-i", "p.stix2", "--no-store")
        #expect(!checked.error.contains("No indicators are loaded"), "\(checked.error)")
    }

    @Test func `indicators that can't be read end a check before it begins`() async throws {
        try Phone.person("cedar", in: workspace)
        try workspace.write("{\"type\":\"bundle\"", to: "broken.stix2")
        try workspace.makeFolder("empty")
        for (path, code) in [("broken.stix2", 65), ("nowhere", 66), ("empty", 66)] as [(String, Int32)] {
            let outcome = try await bridle("check", "backup", "-i", path, "-o", "case")
            #expect(outcome.code == code, "\(outcome.error)")
            #expect(outcome.error.contains(path) && !workspace.exists("case"))
        }
    }

    @Test func `a folder of OpenIOC counts whole, and a file of Windows' terms alone ends a check`() async throws {
        try Phone.person("cedar", in: workspace)
        try workspace.makeFolder("set")
        func ioc(_ term: String, _ value: String) -> String {
            "<ioc id='x'><definition><Indicator operator='OR'><IndicatorItem condition='is'><Context search='\(term)'/>"
                + "<Content>\(value)</Content></IndicatorItem></Indicator></definition></ioc>"
        }
        try workspace.write(ioc("Network/DNS", IncidentIndicators.domain), to: "set/phone.ioc")
        try workspace.write(ioc("RegistryItem/Path", "x"), to: "set/windows.ioc")
        let whole = try await bridle("indicators", "verify", "-i", "set", "--no-store")
        #expect(whole.output.contains("RegistryItem/Path"), "\(whole.output)\(whole.error)")
        #expect(try await bridle("check", "backup", "-i", "set", "--no-store", "--fail-on", "high").code == 10)
        let alone = try await bridle("check", "backup", "-i", "set/windows.ioc", "--no-store")
        #expect(alone.code == 65 && alone.error.contains("RegistryItem/Path"), "\(alone.error)")
    }

    @Test func `a store that can't be written is 73`() async throws {
        try workspace.write("a file", to: "file")
        var bridle = bridle
        bridle.environment = ["BRIDLE_DATA": workspace.path("file/data")]
        let outcome = try await bridle("indicators", "add", "indicators.stix2")
        #expect(outcome.code == 73 && outcome.error.contains("can't be written"), "\(outcome.error)")
    }

    @Test func `hostile values of publishers do not reach the terminal`() async throws {
        let bundle = IncidentIndicators.bundle.replacingOccurrences(of: "\"Pegasus\"", with: "\"Peg\\u001b[2Jasus\\n\"")
        try workspace.write(bundle, to: "hostile\u{1B}[2J.stix2")
        for arguments in [["list"], ["show", IncidentIndicators.domain], ["verify"]] {
            let outcome = try await bridle.run(
                Command.path, ["indicators"] + arguments + ["-i", workspace.path("hostile\u{1B}[2J.stix2")])
            #expect(outcome.code == 0, "\(outcome.error)")
            #expect(!outcome.output.contains("\u{1B}"))
        }
    }
}
