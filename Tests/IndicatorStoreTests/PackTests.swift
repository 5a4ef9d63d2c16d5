import Crypto
import Foundation
import Primitives
import TestSupport
import Testing

@testable import IndicatorStore

/// Packs: whole, signed, and not older than what is there; or refused without a trace.
struct PackTests {
    let workspace: StoreWorkspace
    let key: PublisherSecretKey

    init() throws {
        workspace = try StoreWorkspace()
        key = try PublisherSecretKey.generate()
    }

    private func export(
        _ name: String, sequence: Int64 = 1, content: String = "one", signed: Bool = true
    ) throws -> String {
        let other = try StoreWorkspace()
        try other.add("a.stix2", StoreWorkspace.bundle(content + ".example"))
        try other.add("b.json", StoreWorkspace.bundle("b.example"), 1)
        let generation = try #require(try other.store.current())
        _ = try IndicatorPack.write(
            generation.files, of: other.store,
            as: IndicatorPack.Label(
                name: "helpline", sequence: sequence, created: StoreWorkspace.moment(), publisher: "Helpline",
                licence: "CC0"),
            signedWith: signed ? key : nil, to: workspace.path(name))
        return workspace.path(name)
    }

    private func add(_ path: String, keys: [PublisherKey]? = nil, allowOlder: Bool = false) throws -> PackOutcome {
        let moment = try StoreWorkspace.moment(9)
        let change = try StoreChange(workspace.store, at: moment)
        let outcome = try change.add(
            pack: path, name: "it", keys: keys ?? key.publicKey.map { [$0] } ?? [], allowOlder: allowOlder, at: moment)
        _ = try change.commit("add", at: moment)
        return outcome
    }

    @Test func `a pack carries files with who published them, and the same files give the same bytes`() throws {
        let first = try export("p1")
        #expect(try workspace.bytes("p1") == workspace.bytes(URL(fileURLWithPath: export("p2")).lastPathComponent))
        let outcome = try add(first)
        #expect(outcome.signer == key.publicKey?.name && outcome.manifest.members.count == 2)
        let generation = try #require(try workspace.store.current())
        #expect(generation.files.map(\.name) == ["helpline/a.stix2", "helpline/b.json"])
        #expect(generation.files.allSatisfy { $0.publisher == "Helpline" && $0.licence == "CC0" })
        #expect(try add(first).manifest.sequence == 1)
        #expect(workspace.store.generationNumbers == [1])
    }

    @Test func `a newer pack takes the place of the older, and an older one is refused`() throws {
        _ = try add(try export("p2", sequence: 2))
        let older = try export("p1", sequence: 1)
        #expect(throws: StoreError.self) { try add(older) }
        let twin = try export("p3", sequence: 2, content: "other")
        #expect(throws: StoreError.self) { try add(twin) }
        #expect(try workspace.store.current()?.packs.map(\.sequence) == [2])
        #expect(try add(older, allowOlder: true).manifest.sequence == 1)
        #expect(try workspace.store.current()?.packs.map(\.sequence) == [1])
    }

    @Test func `a pack that nobody vouches for does not take the place of one that a key vouched for`() throws {
        _ = try add(try export("p1"))
        let before = try #require(try workspace.store.current())
        let newer = try export("p2", sequence: 2, signed: false)
        let signed = try export("p3", sequence: 2)
        #expect(throws: StoreError.self) { try add(newer, keys: []) }
        #expect(throws: StoreError.self) { try add(signed, keys: []) }
        #expect(try workspace.store.current() == before)
        #expect(try add(signed).manifest.sequence == 2)
        #expect(try add(newer, keys: [], allowOlder: true).signer == nil)
    }

    @Test func `a pack that is called like a source does not take the place of the source's files`() async throws {
        let server = try LoopbackServer { _ in .text(StoreWorkspace.bundle("a.example")) }
        var source = SourceConfiguration.local(.file, server.address + "/a.stix2")
        source.name = "helpline"
        _ = try await workspace.update([source])
        let before = try #require(try workspace.store.current())
        #expect(before.files.map(\.name) == ["helpline/a.stix2"])
        let pack = try export("p1", content: "other")
        #expect(throws: StoreError.self) { try add(pack) }
        #expect(throws: StoreError.self) { try add(pack, allowOlder: true) }
        #expect(try workspace.store.current() == before)
    }

    @Test func `a key that is trusted asks for a right signature`() throws {
        let unsigned = try export("unsigned", signed: false)
        #expect(throws: StoreError.self) { try add(unsigned) }
        let signed = try export("signed")
        let stranger = try #require(try PublisherSecretKey.generate().publicKey)
        #expect(throws: StoreError.self) { try add(signed, keys: [stranger]) }
        #expect(try workspace.store.current() == nil)
        #expect(try add(unsigned, keys: []).signer == nil)
        #expect(try add(signed, keys: [stranger, try #require(key.publicKey)], allowOlder: true).signer != nil)
    }

    @Test func `no byte of a signed pack can be changed, and no end cut off`() throws {
        let bytes = try workspace.bytes(URL(fileURLWithPath: export("p")).lastPathComponent)
        // Every byte of headers and manifest, and some of the rest.
        for index in Array(0..<2_600) + Array(stride(from: 2_600, to: bytes.count, by: 97)) {
            var changed = bytes
            changed[index] ^= 0x01
            try workspace.write(changed, to: "changed")
            // Owner, time and mode in a header are nobody's business here; all else has to be refused.
            if let outcome = try? add(workspace.path("changed")) {
                #expect(outcome.manifest.members.count == 2, "\(index)")
                let file = try #require(try workspace.store.current()?["helpline/a.stix2"])
                #expect(try workspace.store.bytes(of: file) == Array(StoreWorkspace.bundle("one.example").utf8))
            }
        }
        for count in stride(from: 0, to: bytes.count, by: 511) {
            try workspace.write(Array(bytes.prefix(count)), to: "cut")
            #expect(throws: StoreError.self, "\(count)") { try add(workspace.path("cut")) }
        }
        try workspace.write(bytes + [0], to: "longer")
        #expect(throws: StoreError.self) { try add(workspace.path("longer")) }
    }

    /// A pack as nobody should write it.
    private func forge(
        members: [(path: String, content: String)], listed: [(path: String, name: String, content: String, size: Int?)]
    ) throws -> String {
        let manifest = PackManifest(
            name: "helpline", sequence: 1, created: try StoreWorkspace.moment(), publisher: nil, licence: nil,
            members: listed.map { item in
                PackManifest.Member(
                    path: item.path, name: item.name, digest: SHA256.hash(data: Array(item.content.utf8)).hexadecimal,
                    size: item.size ?? item.content.utf8.count, publisher: nil, licence: nil, references: [])
            })
        var bytes: [UInt8] = []
        func put(_ name: String, _ content: [UInt8]) {
            bytes += PackTar.header(name: name, size: content.count) + content
            bytes += [UInt8](repeating: 0, count: PackTar.padding(content.count))
        }
        put("manifest.json", manifest.json)
        let signature = try #require(PublisherSignature.sign(manifest.json, with: key, comment: ""))
        put("manifest.json.minisig", Array(signature.text.utf8))
        for member in members { put(member.path, Array(member.content.utf8)) }
        try workspace.write(bytes + [UInt8](repeating: 0, count: 1_024), to: "forged")
        return workspace.path("forged")
    }

    @Test func `even a right signature does not let a pack lead elsewhere`() throws {
        let good = ("files/1", "x")
        let listed: (path: String, name: String, content: String, size: Int?) = ("files/1", "a.stix2", "x", nil)
        #expect(try add(forge(members: [good], listed: [listed])).manifest.members.count == 1)
        for path in [
            "../x", "/etc/x", "files/../x", "files/.x", "files/a/b", "x", "files/", "files/a b", "files/\u{1B}x",
        ] {
            #expect(throws: StoreError.self, "\(path)") {
                try add(forge(members: [(path, "x")], listed: [(path, "b.stix2", "x", nil)]), allowOlder: true)
            }
        }
        for name in ["../x", "/x", "a//b", "..", "a\u{1B}b", "", "a/b/c/d", ".x"] {
            #expect(throws: StoreError.self, "\(name)") {
                try add(forge(members: [good], listed: [("files/1", name, "x", nil)]), allowOlder: true)
            }
        }
        for (members, list) in [
            ([good, good], [listed]), ([good], [listed, ("files/2", "b", "x", nil)]), ([], [listed]),
            ([good, ("files/1", "x")], [listed, ("files/1", "b", "x", nil)]),
            ([good, ("files/2", "x")], [listed, ("files/2", "a.stix2", "x", nil)]),
            ([("files/1", "y")], [listed]), ([good], [("files/1", "a.stix2", "x", 100_000_000)]),
            ([good], [("files/1", "a.stix2", "x", 0)]), ([("manifest.json", "{}")], [listed]),
            ([("files/2", "x"), ("files/1", "x")], [listed, ("files/2", "b", "x", nil)]),
        ] as [([(path: String, content: String)], [(path: String, name: String, content: String, size: Int?)])] {
            #expect(throws: StoreError.self, "\(members) \(list)") {
                try add(forge(members: members, listed: list), allowOlder: true)
            }
        }
        #expect(workspace.store.generationNumbers == [1])
    }

    @Test func `a pack is fetched from a source as well`() async throws {
        let bytes = try workspace.bytes(URL(fileURLWithPath: export("p", sequence: 3)).lastPathComponent)
        let server = try LoopbackServer { request in
            request.headers["if-none-match"] == "t" ? .whole(304) : .whole(200, ["ETag": "t"], bytes)
        }
        var source = SourceConfiguration.local(.pack, server.address + "/p")
        source.key = key.publicKey
        let first = try await workspace.update([source])[0]
        #expect(first.changed == ["helpline/a.stix2", "helpline/b.json"], "\(first)")
        let second = try await workspace.update([source], second: 5)[0]
        #expect(second.state == .unchanged, "\(second)")
        #expect(try workspace.store.current()?.packs.map(\.sequence) == [3])
    }
}
