import Foundation
import Indicators
import Primitives
import TestSupport
import Testing

@testable import IndicatorStore

/// Indexes, feeds and servers of TAXII.
struct SourceTests {
    let workspace: StoreWorkspace

    init() throws { workspace = try StoreWorkspace() }

    // MARK: - Indexes

    private func index(_ entries: [String]) -> String {
        "indicators:\n"
            + entries.map { "  - name: x\n    sources: [Somebody]\n    references: ['https://r.example']\n    \($0)\n" }
            .joined()
    }

    @Test func `an index brings its files, and what it no longer lists goes`() async throws {
        let first = index(["download_url: ADDRESS/one/a.stix2", "download_url: ADDRESS/two/a.stix2"])
        let second = index(["download_url: ADDRESS/two/a.stix2"])
        let base = BaseAddress()
        let server = try LoopbackServer { request in
            switch request.target {
            case "/1.yaml": .text(first.replacing("ADDRESS", with: base.text))
            case "/2.yaml": .text(second.replacing("ADDRESS", with: base.text))
            default: .text(StoreWorkspace.bundle("\(request.target.split(separator: "/")[0]).example"))
            }
        }
        base.set(server.address)
        let outcome = try await workspace.update([.local(.index, server.address + "/1.yaml")])[0]
        #expect(outcome.state == .updated, "\(outcome)")
        #expect(outcome.changed == ["here/one-a.stix2", "here/two-a.stix2"])
        let file = try #require(try workspace.store.current()?["here/one-a.stix2"])
        #expect(file.publisher == "Somebody" && file.references == ["https://r.example"])
        let next = try await workspace.update([.local(.index, server.address + "/2.yaml")], second: 5)[0]
        #expect(next.state == .updated, "\(next)")
        #expect(next.removed == ["here/one-a.stix2", "here/two-a.stix2"] && next.changed == ["here/a.stix2"])
        #expect(try workspace.store.current()?.indicatorFiles.map(\.name) == ["here/a.stix2"])
        // And back.
        _ = try workspace.store.rollback(to: nil)
        #expect(try workspace.store.current()?.indicatorFiles.count == 2)
    }

    @Test func `half a file does not take the place of a whole one`() async throws {
        let whole = StoreWorkspace.bundle("whole.example")
        let base = BaseAddress()
        let server = try LoopbackServer { request in
            switch request.target {
            case "/1/a.stix2": .text(whole)
            default: .text(String(whole.prefix(whole.count - 3)))
            }
        }
        base.set(server.address)
        #expect(try await workspace.update([.local(.file, server.address + "/1/a.stix2")])[0].state == .updated)
        let outcome = try await workspace.update([.local(.file, server.address + "/2/a.stix2")], second: 5)[0]
        #expect(outcome.state != .updated, "\(outcome)")
        let file = try #require(try workspace.store.current()?["here/a.stix2"])
        #expect(try workspace.store.bytes(of: file) == Array(whole.utf8))
    }

    @Test func `an entry that leads elsewhere is said, and the others are fetched`() async throws {
        let base = BaseAddress()
        let text = index([
            "download_url: file:///etc/passwd", "download_url: http://203.0.113.7/a.stix2",
            "github: {owner: a, repo: b, path: ../../c}", "github: {owner: a}", "nothing: 1",
            "download_url: ADDRESS/a.stix2", "download_url: ADDRESS/missing.stix2",
            "download_url: ADDRESS/b.stix2\n    sha256: \(String(repeating: "0", count: 64))",
        ])
        let server = try LoopbackServer { request in
            switch request.target {
            case "/i.yaml": .text(text.replacing("ADDRESS", with: base.text))
            case "/missing.stix2": .whole(404)
            default: .text(StoreWorkspace.bundle("a.example"))
            }
        }
        base.set(server.address)
        let outcome = try await workspace.update([.local(.index, server.address + "/i.yaml")])[0]
        #expect(outcome.changed == ["here/a.stix2"], "\(outcome)")
        #expect(outcome.failures.count == 7, "\(outcome.failures)")
        for words in [
            "neither https:// nor", "not encrypted", "leads elsewhere", "owner, repo and path", "download_url", "404",
            "SHA-256",
        ] {
            #expect(outcome.failures.contains { $0.contains(words) }, "\(words): \(outcome.failures)")
        }
        #expect(!server.targets.contains("/etc/passwd"))
    }

    @Test(arguments: ["", "a: [", "indicators: 5", "- x", "&a [*a]"])
    func `an index that is none leaves everything as it was`(text: String) async throws {
        let server = try LoopbackServer { _ in .text(text) }
        try workspace.add("kept.stix2", StoreWorkspace.bundle("kept.example"))
        let outcome = try await workspace.update([.local(.index, server.address + "/i.yaml")])[0]
        #expect(outcome.state == .failed, "\(outcome)")
        #expect(try workspace.store.current()?.number == 1)
    }

    @Test func `entries on GitHub become addresses of raw files`() throws {
        let list = try IndexList(
            Array(
                "indicators:\n- github: {owner: o, repo: r, path: a dir/b+c.stix2}\n- github: {owner: o, repo: r, branch: x/y, path: d}\n"
                    .utf8))
        #expect(
            list.entries.map(\.address.text) == [
                "https://raw.githubusercontent.com/o/r/main/a%20dir/b+c.stix2",
                "https://raw.githubusercontent.com/o/r/x/y/d",
            ])
    }

    // MARK: - MISP

    @Test func `a feed is asked for the events that changed`() async throws {
        let (one, two) = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")
        let stamps = Stamps([one: "1", two: "1"])
        let server = try LoopbackServer { request in
            if request.target == "/feed/manifest.json" { return .text(stamps.manifest) }
            return .text("{\"Event\":{\"info\":\"x\",\"Orgc\":{\"name\":\"Someone\"},\"n\":\(stamps.count)}}")
        }
        let source = SourceConfiguration.local(.misp, server.address + "/feed")
        let first = try await workspace.update([source])[0]
        #expect(first.changed == ["here/\(one).json", "here/\(two).json"], "\(first)")
        #expect(try workspace.store.current()?["here/\(one).json"]?.publisher == "Someone")
        stamps.set(two, "2")
        let second = try await workspace.update([source], second: 5)[0]
        #expect(second.changed == ["here/\(two).json"] && second.unchanged == 1, "\(second)")
        stamps.set(one, nil)
        let third = try await workspace.update([source], second: 9)[0]
        #expect(third.removed == ["here/\(one).json"], "\(third)")
        #expect(server.targets.filter { $0.contains(one) }.count == 1)
    }

    @Test func `a manifest that names files instead of events is refused`() async throws {
        let server = try LoopbackServer { _ in .text("{\"../../etc/passwd\":{\"timestamp\":\"1\"}}") }
        let outcome = try await workspace.update([.local(.misp, server.address + "/manifest.json")])[0]
        #expect(outcome.failures == ["the manifest names an event by something else than a UUID"])
        #expect(server.requests.count == 1)
    }

    // MARK: - TAXII

    private static let kind = ["Content-Type": "application/taxii+json;version=2.1"]

    private static func object(_ number: Int) -> String {
        "{\"type\":\"indicator\",\"id\":\"indicator--\(number)\",\"modified\":\"2026-01-01T00:00:00Z\",\"pattern\":\"[domain-name:value='d\(number).example']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-01T00:00:00Z\"}"
    }

    @Test func `collections are found, paged through, and asked for what was added since`() async throws {
        let server = try LoopbackServer { request in
            guard request.headers["authorization"] == "Basic dXNlcjpwYXNz" else { return .whole(401) }
            guard request.headers["accept"] == "application/taxii+json;version=2.1" else { return .whole(406) }
            func answer(_ text: String, _ more: [String: String] = [:]) -> LoopbackServer.Answer {
                .text(text, Self.kind.merging(more) { $1 })
            }
            let added = ["X-TAXII-Date-Added-Last": "2026-05-05T05:05:05.000000Z"]
            switch request.target {
            case "/taxii2/": return answer("{\"title\":\"t\",\"api_roots\":[\"/api/\"]}")
            case "/api/collections/":
                return answer(
                    "{\"collections\":[{\"id\":\"c1\",\"can_read\":true},{\"id\":\"c2\",\"can_read\":false},{\"id\":\"../x\"}]}"
                )
            case "/api/collections/c1/objects/":
                return answer("{\"more\":true,\"next\":\"a&b\",\"objects\":[\(Self.object(1)),\(Self.object(2))]}")
            case "/api/collections/c1/objects/?next=a%26b":
                return answer("{\"more\":false,\"objects\":[\(Self.object(2)), \(Self.object(3))]}", added)
            case "/api/collections/c1/objects/?added_after=2026-05-05T05%3A05%3A05.000000Z":
                return answer("{\"objects\":[\(Self.object(4))]}", ["X-TAXII-Date-Added-Last": "2026-06-06T06:06:06Z"])
            default: return answer("{}")
            }
        }
        var source = SourceConfiguration.local(.taxii, server.address + "/taxii2/")
        source.userVariable = "U"
        source.passwordVariable = "P"
        let environment = ["U": "user", "P": "pass"]
        let first = try await workspace.update([source], environment: environment)[0]
        #expect(first.changed == ["here/c1.stix2"], "\(first)")
        #expect(first.failures == ["a collection has an identifier that TAXII does not allow"])
        #expect(first.remarks == ["the collection c2 may not be read"])
        func count() throws -> Int {
            let file = try #require(try workspace.store.current()?["here/c1.stix2"])
            return IndicatorFile(try workspace.store.bytes(of: file), name: "x").count
        }
        #expect(try count() == 3)
        let second = try await workspace.update([source], environment: environment, second: 5)[0]
        #expect(second.changed == ["here/c1.stix2"], "\(second)")
        #expect(try count() == 4)
        #expect(try workspace.store.current()?["here/c1.stix2"]?.version == "2026-06-06T06:06:06Z")
        let third = try await workspace.update([source], environment: environment, second: 9)[0]
        #expect(third.changed.isEmpty && third.unchanged == 1, "\(third)")
        let denied = try await workspace.update([source], environment: ["U": "user", "P": "wrong"], second: 9)[0]
        #expect(denied.failures.first?.contains("401") == true, "\(denied)")
        #expect(try count() == 4)
    }

    @Test(arguments: [
        ("{\"objects\":[]}", "text/html", "not sent as TAXII 2.1"),
        ("{\"more\":true,\"objects\":[]}", "application/taxii+json;version=2.1", "does not say where"),
        ("{\"more\":true,\"next\":\"x\",\"objects\":[]}", "application/taxii+json;version=2.1", "does not say where"),
        ("{\"objects\":[5]}", "application/taxii+json;version=2.1", "not what it should be"),
        ("{\"objects\":[{\"id\":", "application/taxii+json;version=2.1", "not what it should be"),
    ])
    func `a collection that is none is said`(body: String, kind: String, words: String) async throws {
        let server = try LoopbackServer { request in
            switch request.target {
            case "/r/": .text("{\"title\":\"t\",\"versions\":[\"application/taxii+json;version=2.1\"]}", Self.kind)
            case "/r/collections/": .text("{\"collections\":[{\"id\":\"c1\",\"can_read\":true}]}", Self.kind)
            default: .text(body, ["Content-Type": kind])
            }
        }
        let outcome = try await workspace.update([.local(.taxii, server.address + "/r")])[0]
        #expect(outcome.failures.first?.contains(words) == true, "\(outcome)")
        #expect(try workspace.store.current() == nil)
    }

    @Test func `an API root on another server is not shown the password`() async throws {
        let other = try LoopbackServer { _ in .text("{}", Self.kind) }
        let root = other.address
        let server = try LoopbackServer { _ in .text("{\"api_roots\":[\"\(root)/api/\"]}", Self.kind) }
        let outcome = try await workspace.update([.local(.taxii, server.address + "/taxii2/")])[0]
        #expect(outcome.failures.first?.contains("another server") == true, "\(outcome)")
        #expect(other.requests.isEmpty)
    }

    @Test func `a collection whose pages lead in a circle is left`() async throws {
        let server = try LoopbackServer { request in
            switch request.target.split(separator: "?", maxSplits: 1)[0] {
            case "/r/": .text("{\"title\":\"t\",\"versions\":[\"application/taxii+json;version=2.1\"]}", Self.kind)
            case "/r/collections/": .text("{\"collections\":[{\"id\":\"c\"}]}", Self.kind)
            default:
                .text(
                    "{\"more\":true,\"next\":\"\(request.target.hasSuffix("=a") ? "b" : "a")\",\"objects\":[\(Self.object(1))]}",
                    Self.kind)
            }
        }
        let outcome = try await workspace.update([.local(.taxii, server.address + "/r")])[0]
        #expect(outcome.failures == ["here/c.stix2: the collection has no end"])
        #expect(try workspace.store.current() == nil)
        #expect(server.requests.count < 600)
    }
}
