import Foundation
import SyntheticEvidence
import TestSupport
import Testing

/// `bridle indicators` with servers on this machine, a configuration, and disks and neighbours that are in the way.
@Suite(.timeLimit(.minutes(30))) struct IndicatorUpdateTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
        _ = try Phone.indicators(in: workspace)
    }

    /// Writes the configuration where the command looks for it.
    private func configure(_ text: String) throws {
        try workspace.makeFolder("home/.config/bridle")
        try workspace.write(text, to: "home/.config/bridle/config.yaml")
    }

    private func configure(sources: String) throws {
        try configure("indicators:\n  default_sources: false\n  time_limit: 20\n  sources:\n" + sources)
    }

    @Test func `an update fetches what is configured, says what came, and the next finds nothing new`() async throws {
        let server = try LoopbackServer { request in
            request.headers["if-none-match"] == "x"
                ? .whole(304) : .text(IncidentIndicators.bundle, ["ETag": "x"])
        }
        try configure(sources: "  - {name: here, kind: file, url: '\(server.address)/pegasus.stix2'}\n")
        let sources = try await bridle("indicators", "sources")
        #expect(sources.code == 0 && sources.output.contains("here: file") && !sources.output.contains("mvt"))
        #expect(server.requests.isEmpty)
        let first = try await bridle("indicators", "update")
        #expect(first.code == 0 && first.output.contains("here: updated (1 new or changed)"), "\(first.error)")
        let second = try await bridle("indicators", "update", "here")
        #expect(second.code == 0 && second.output.contains("here: unchanged"), "\(second.output)")
        #expect(try await bridle("indicators", "list").output.contains("here/pegasus.stix2"))
        #expect(try await bridle("indicators", "history").output.contains("* 1"))
        let wrong = try await bridle("indicators", "update", "heer")
        #expect(wrong.code == 64 && wrong.error.contains("Did you mean 'here'"), "\(wrong.error)")
    }

    @Test func `one source that fails does not take the others with it, and the code tells`() async throws {
        let server = try LoopbackServer { request in
            request.target == "/good" ? .text(IncidentIndicators.bundle) : .cutOff([0x7B], announced: 900)
        }
        try configure(
            sources: "  - {name: bad, kind: file, url: '\(server.address)/bad'}\n"
                + "  - {name: good, kind: file, url: '\(server.address)/good'}\n")
        let outcome = try await bridle("indicators", "update")
        #expect(outcome.code == 69 && outcome.error.contains("bad:"), "\(outcome.error)")
        #expect(outcome.output.contains("good: updated") && outcome.output.contains("bad: failed"))
        #expect(try await bridle("indicators", "list").output.contains("good/good"))
    }

    @Test func `no other command connects to anything`() async throws {
        let server = try LoopbackServer { _ in .whole(500) }
        try configure(sources: "  - {name: here, kind: index, url: '\(server.address)/index.yaml'}\n")
        try Phone.person("kale", in: workspace)
        for arguments in [
            ["indicators", "list"], ["indicators", "sources"], ["indicators", "add", "indicators.stix2"],
            ["indicators", "verify"], ["indicators", "show", "x"], ["check", "backup", "-o", "case"],
            ["recheck", "case"],
        ] {
            let outcome = try await bridle.run(Command.path, arguments)
            #expect(outcome.code == 0, "\(arguments): \(outcome.error)")
        }
        #expect(server.requests.isEmpty)
    }

    @Test func `a proxy that is named is used`() async throws {
        let proxy = try LoopbackServer { _ in .text(IncidentIndicators.bundle) }
        try configure(
            "proxy: \(proxy.address)\n"
                + "indicators: {default_sources: false, sources: [{name: here, kind: file, url: 'http://127.0.0.2:9/a'}]}"
        )
        #expect(try await bridle("indicators", "update").code == 0)
        #expect(proxy.targets == ["http://127.0.0.2:9/a"])
        let other = try LoopbackServer { _ in .text(IncidentIndicators.bundle) }
        var bridle = bridle
        bridle.environment = ["BRIDLE_PROXY": other.address]
        _ = try await bridle("indicators", "update")
        #expect(other.requests.count == 1 && proxy.requests.count == 1)
    }

    @Test func `a configuration that is wrong ends the command before anything is done`() async throws {
        try configure("indicatrs: {}\n")
        for arguments in [["indicators", "list"], ["indicators", "update"], ["check", "nowhere"]] {
            let outcome = try await bridle.run(Command.path, arguments)
            #expect(outcome.code == 78 && outcome.error.contains("Did you mean 'indicators'"), "\(outcome.error)")
        }
        var bridle = bridle
        bridle.environment = ["BRIDLE_CONFIG": workspace.path("nowhere.yaml")]
        #expect(try await bridle("indicators", "list").code == 78)
        try workspace.write("data: \(workspace.path("elsewhere"))\n", to: "own.yaml")
        bridle.environment = ["BRIDLE_CONFIG": workspace.path("own.yaml"), "BRIDLE_DATA": ""]
        #expect(try await bridle("indicators", "add", "indicators.stix2").code == 0)
        #expect(workspace.exists("elsewhere/indicators/current"))
    }

    @Test func `packs are signed, trusted, and refused when they are not`() async throws {
        #expect(try await bridle("indicators", "add", "indicators.stix2").code == 0)
        let made = try await bridle("indicators", "keygen", "key")
        #expect(made.code == 0 && made.output.hasPrefix("RW"), "\(made.error)")
        #expect(try await bridle("indicators", "keygen", "key").code == 73)
        for name in ["one", "two"] {
            let arguments = ["indicators", "export", "-o", name, "--sign", "key", "--name", "help"]
            #expect(try await bridle.run(Command.path, arguments).code == 0)
        }
        #expect(try workspace.bytes("one") == workspace.bytes("two"))
        #expect(try await bridle("indicators", "export", "-o", "bare").code == 0)
        try configure("indicators:\n  trusted_keys: [\(made.output.trimmingCharacters(in: .whitespacesAndNewlines))]\n")
        #expect(try await bridle("indicators", "add", "one").code == 0)
        let bare = try await bridle("indicators", "add", "bare")
        #expect(bare.code == 65 && bare.error.contains("not signed"), "\(bare.error)")
        var bytes = try workspace.bytes("one")
        bytes[1_100] ^= 1
        try workspace.write(bytes, to: "changed")
        let changed = try await bridle("indicators", "add", "changed")
        #expect(changed.code == 65, "\(changed.error)")
        #expect(try await bridle("indicators", "remove", "help").code == 0)
        #expect(try await bridle("indicators", "rollback").code == 0)
        #expect(try await bridle("indicators", "prune", "--keep", "1").code == 0)
        #expect(try await bridle("indicators", "verify").code == 0)
    }

    @Test func `a full disk leaves the store as it was`() async throws {
        #expect(try await bridle("indicators", "add", "indicators.stix2").code == 0)
        let before = try workspace.state(of: "data/indicators")
        let large = IncidentIndicators.bundle + String(repeating: " ", count: 200_000)
        try workspace.write(large, to: "large.stix2")
        // In units of 512 or 1,024 bytes, whichever the shell has: more than the descriptions, less than the file.
        let outcome = try await bridle.shell("ulimit -f 60; \"$BRIDLE\" indicators add large.stix2")
        #expect(outcome.code == 73 && outcome.error.contains("make room") && !outcome.isCrash, "\(outcome.error)")
        // Folders in which something was begun have another time of change, and the same content.
        func files(_ state: [String: String]) -> [String: String] {
            state.filter { !["lock", "generations", "objects", "incoming"].contains($0.key) }
        }
        #expect(try files(workspace.state(of: "data/indicators")) == files(before))
        #expect(try await bridle("indicators", "list").output.contains("5 indicators of 1 file"))
    }

    @Test func `a store that another process changes is waited for, and then said`() async throws {
        #expect(try await bridle("indicators", "add", "indicators.stix2").code == 0)
        let line = "flock \"$0/data/indicators/lock\" sh -c '\"$BRIDLE\" indicators remove indicators.stix2'"
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/flock") else { return }
        let outcome = try await bridle.run("/bin/sh", ["-c", line, workspace.path])
        #expect(outcome.code == 75 && outcome.error.contains("Another process"), "\(outcome.error)")
        #expect(try await bridle("indicators", "list").output.contains("indicators.stix2"))
    }

    @Test func `a compiled set is kept for large files, and found again`() async throws {
        let large = IncidentIndicators.bundle + String(repeating: " ", count: 1_200_000)
        try workspace.write(large, to: "large.stix2")
        for _ in 0..<2 {
            let outcome = try await bridle("indicators", "list", "-i", "large.stix2", "--no-store")
            #expect(outcome.code == 0 && outcome.output.contains("5 indicators of 1 file"), "\(outcome.error)")
            #expect(outcome.output.contains("Pegasus") && outcome.output.contains("STIX 2"))
        }
        #expect(try workspace.names("home/.cache/bridle").count { $0.hasSuffix(".compiled") } == 1)
    }

    @Test func `indicators are measured on paths that nobody suspects`() async throws {
        let bundle = IncidentIndicators.bundle.replacingOccurrences(
            of: "[process:name = ", with: "[file:name = ")
        try workspace.write(bundle, to: "paths.stix2")
        let measured = try await bridle("indicators", "test", "--clean", "-", "-i", "indicators.stix2")
        #expect(measured.code == 65 && measured.error.contains("holds no paths"), "\(measured.error)")
        try workspace.write("path,size\n/private/var/a,1\n\"/private/var/b\",2\n", to: "list.csv")
        #expect(try await bridle("indicators", "test", "--clean", "list.csv", "-i", "indicators.stix2").code == 0)
        #expect(try await bridle("indicators", "test", "--clean", "nowhere").code == 66)
    }
}
