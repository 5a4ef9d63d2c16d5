import Foundation
import TestSupport
import Testing

@testable import IndicatorStore

/// What servers may do, and what they should not.
struct DownloadTests {
    let workspace: StoreWorkspace

    init() throws { workspace = try StoreWorkspace() }

    private func update(
        _ server: LoopbackServer, _ path: String = "/a.stix2", _ change: (inout Configuration) -> Void = { _ in },
        second: Int64 = 0
    ) async throws -> SourceOutcome {
        try await workspace.update([.local(.file, server.address + path)], change, second: second)[0]
    }

    @Test func `a file is fetched once, and not again while its tag is the same`() async throws {
        let bundle = StoreWorkspace.bundle("a.example")
        let server = try LoopbackServer { request in
            request.headers["if-none-match"] == "\"1\""
                ? .whole(304, ["ETag": "\"1\""])
                : .text(bundle, ["ETag": "\"1\"", "Last-Modified": "Sat, 01 Nov 2025 00:00:00 GMT"])
        }
        let first = try await update(server)
        #expect(first.state == .updated && first.changed == ["here/a.stix2"], "\(first)")
        let second = try await update(server, second: 9)
        #expect(second.state == .unchanged, "\(second)")
        #expect(server.requests.count == 2)
        #expect(server.requests[1].headers["if-modified-since"] == "Sat, 01 Nov 2025 00:00:00 GMT")
        #expect(server.requests.allSatisfy { $0.headers["cookie"] == nil && $0.headers["user-agent"] == "bridle" })
        let generation = try #require(try workspace.store.current())
        #expect(generation.number == 1)
        let file = try #require(generation["here/a.stix2"])
        #expect(try workspace.store.bytes(of: file) == Array(bundle.utf8))
        #expect(file.entityTag == "\"1\"" && file.address == server.address + "/a.stix2")
    }

    @Test(arguments: [
        ("/cut", "ended"), ("/missing", "404"), ("/empty", "gave no indicator"), ("/page", "gave no indicator"),
        ("/huge", "larger than"), ("/endless", "larger than"), ("/loop", "from one address to the next"),
        ("/file", "the file"), ("/plain", "not followed"), ("/trouble", "500"), ("/denied", "403"),
        ("/length", "length"),
    ])
    func `what a server should not do leaves the file as it was`(path: String, words: String) async throws {
        let server = try LoopbackServer { request in
            switch request.target {
            case "/good": .text(StoreWorkspace.bundle("a.example"))
            case "/cut": .cutOff(Array(StoreWorkspace.bundle("b.example").utf8), announced: 5_000)
            case "/empty": .whole(200)
            case "/page": .text("<html>Please sign in</html>")
            case "/huge": .whole(200, ["Content-Length": "90000000000"])
            case "/endless": .endless
            case "/length":
                .text(
                    StoreWorkspace.bundle("b.example"),
                    ["Content-Length": "99999999999999999999", "Connection": "close"])
            case "/loop": .whole(302, ["Location": "/loop"])
            case "/file": .whole(302, ["Location": "file:///etc/hostname"])
            case "/plain": .whole(302, ["Location": "http://203.0.113.1/a"])
            case "/trouble": .whole(500)
            case "/denied": .whole(403)
            default: .whole(404)
            }
        }
        var source = SourceConfiguration.local(.file, server.address + "/good")
        _ = try await workspace.update([source])
        let before = try #require(try workspace.store.current())
        source.address = server.address + path
        let outcome = try await workspace.update([source], { $0.limits.fileBytes = 1_000_000 }, second: 5)[0]
        #expect(outcome.state == .failed, "\(outcome)")
        #expect(outcome.failures.contains { $0.contains(words) }, "\(outcome.failures)")
        #expect(try workspace.store.current() == before)
        #expect(workspace.names("store/indicators/incoming").isEmpty)
        #expect(workspace.names("store/indicators/objects").count == 1)
    }

    @Test func `a server that says nothing, or too slowly, is left`() async throws {
        let server = try LoopbackServer { request in
            request.target == "/silent" ? .silent(30) : .slow([UInt8](repeating: 0x20, count: 300))
        }
        for (path, change) in [
            ("/silent", { $0.limits.silentSeconds = 1 }), ("/slow", { $0.limits.seconds = 2 }),
        ] as [(String, (inout Configuration) -> Void)] {
            let outcome = try await update(server, path, change)
            #expect(outcome.state == .failed && outcome.failures[0].contains("too long"), "\(outcome)")
        }
    }

    @Test func `a redirection on this machine is followed, and a password is not shown to another server`() async throws
    {
        let other = try LoopbackServer { _ in .text(StoreWorkspace.bundle("a.example")) }
        let target = other.address
        let server = try LoopbackServer { request in
            request.target == "/a.stix2" ? .whole(302, ["Location": "/b"]) : .whole(307, ["Location": target + "/c"])
        }
        var source = SourceConfiguration.local(.file, server.address + "/a.stix2")
        source.tokenVariable = "TOKEN"
        let outcome = try await workspace.update([source], environment: ["TOKEN": "secret"])[0]
        #expect(outcome.state == .updated, "\(outcome)")
        #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer secret", "Bearer secret"])
        #expect(other.requests.map { $0.headers["authorization"] } == [nil])
        let missing = try await workspace.update([source])[0]
        #expect(missing.failures == ["the environment variable TOKEN is not set"])
    }

    @Test func `all files of an update together have a limit`() async throws {
        let server = try LoopbackServer { request in
            .text(StoreWorkspace.bundle("\(request.target.dropFirst()).example"))
        }
        let sources = ["a", "b", "c"].map { SourceConfiguration.local(.file, server.address + "/" + $0, $0) }
        let size = StoreWorkspace.bundle("a.example").utf8.count
        let outcomes = try await workspace.update(sources) { $0.limits.totalBytes = 2 * size }
        #expect(outcomes.map(\.state) == [.updated, .updated, .failed], "\(outcomes)")
    }

    @Test(arguments: [
        "http://example.org/", "file:///etc/passwd", "ftp://127.0.0.1/", "https://", "https://a:b@example.org/", "//x",
        "http://127.0.0.1.example.org/", "http://127.1/", "gopher://localhost/", "https://a b/", "http://[::2]/", "",
    ])
    func `only encrypted addresses and this machine are fetched`(text: String) {
        #expect(throws: StoreError.self) { try WebAddress(text, of: "it") }
    }

    @Test(arguments: ["https://example.org/a", "http://localhost:1/", "http://127.8.9.10/", "http://[::1]:80/"])
    func `these are fetched`(text: String) throws { _ = try WebAddress(text, of: "it") }
}
