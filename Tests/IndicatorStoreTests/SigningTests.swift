import Foundation
import TestSupport
import Testing

@testable import IndicatorStore

/// Signatures in the form of minisign, with those that minisign's own author published as examples.
struct SigningTests {
    let workspace: StoreWorkspace

    init() throws { workspace = try StoreWorkspace() }

    private static let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
    private static let plain = """
        untrusted comment: signature from minisign secret key
        RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA=
        trusted comment: timestamp:1555779966\tfile:test
        QtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==
        """
    private static let prehashed = """
        untrusted comment: signature from minisign secret key
        RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
        trusted comment: timestamp:1633700835\tfile:test\tprehashed
        wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==
        """

    @Test(arguments: [plain, prehashed])
    func `published signatures are right, and wrong for anything else`(text: String) throws {
        let key = try #require(PublisherKey(Self.key))
        #expect(key.name == "E7620F1842B4E81F" && key.text == Self.key)
        let signature = try #require(PublisherSignature(Array(text.utf8)))
        try signature.verify(Array("test".utf8), by: key)
        #expect(throws: PublisherSignature.Objection.wrongContent) { try signature.verify(Array("tesu".utf8), by: key) }
        #expect(throws: PublisherSignature.Objection.wrongContent) { try signature.verify([], by: key) }
        let other = PublisherKey(identifier: key.identifier, key: [UInt8](repeating: 7, count: 32))
        #expect(throws: PublisherSignature.Objection.wrongContent) {
            try signature.verify(Array("test".utf8), by: other)
        }
        let stranger = try #require(try PublisherSecretKey.generate().publicKey)
        #expect(throws: PublisherSignature.Objection.otherKey("E7620F1842B4E81F")) {
            try signature.verify(Array("test".utf8), by: stranger)
        }
        let changed = try #require(PublisherSignature(Array(text.replacing("timestamp:1", with: "timestamp:2").utf8)))
        #expect(throws: PublisherSignature.Objection.wrongComment) { try changed.verify(Array("test".utf8), by: key) }
        let windows = try #require(PublisherSignature(Array(text.replacing("\n", with: "\r\n").utf8)))
        try windows.verify(Array("test".utf8), by: key)
    }

    @Test func `damaged signatures and keys are none`() throws {
        let bytes = Array(Self.prehashed.utf8)
        for count in stride(from: 0, to: bytes.count - 1, by: 3) {
            #expect(PublisherSignature(Array(bytes.prefix(count))) == nil, "\(count)")
        }
        #expect(PublisherSignature(bytes + Array("\nmore\n".utf8)) == nil)
        #expect(PublisherSignature([UInt8](repeating: 0xFF, count: 100)) == nil)
        for text in ["", "RWQ", Self.key + "A", "AAAA" + Self.key.dropFirst(4), "RWQf6LRC\nRWQf6LRC"] {
            #expect(PublisherKey(text) == nil, "\(text)")
        }
        #expect(PublisherKey("untrusted comment: x\n\(Self.key)\n")?.text == Self.key)
    }

    @Test func `a key that was made signs, and comes back from its file`() throws {
        let key = try PublisherSecretKey.generate()
        let path = workspace.path("key")
        try key.write(to: path)
        let mode = try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        #expect(mode == 0o600)
        #expect(throws: StoreError.self) { try key.write(to: path) }
        let read = try PublisherSecretKey(file: path)
        let publicKey = try #require(key.publicKey)
        #expect(read.publicKey == publicKey)
        let signature = try #require(PublisherSignature.sign([1, 2, 3], with: read, comment: "a\nb"))
        let parsed = try #require(PublisherSignature(Array(signature.text.utf8)))
        try parsed.verify([1, 2, 3], by: publicKey)
        #expect(parsed.trustedComment == "a b")
        for (index, byte) in try workspace.bytes("key").enumerated().suffix(60) {
            var damaged = try workspace.bytes("key")
            damaged[index] = byte == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            try workspace.write(damaged, to: "damaged")
            let broken = try? PublisherSecretKey(file: workspace.path("damaged"))
            #expect(broken == nil || broken?.publicKey == publicKey, "\(index)")
        }
        #expect(throws: StoreError.self) { try PublisherSecretKey(file: workspace.path("nowhere")) }
    }

    @Test func `what a publisher signs is compared, and the file stays as it was if the signature is wrong`()
        async throws
    {
        let (good, bad) = (try PublisherSecretKey.generate(), try PublisherSecretKey.generate())
        let content = StoreWorkspace.bundle("a.example")
        let signatures = [
            "/good": try #require(PublisherSignature.sign(Array(content.utf8), with: good, comment: "")).text,
            "/other": try #require(PublisherSignature.sign(Array(content.utf8), with: bad, comment: "")).text,
            "/changed": try #require(PublisherSignature.sign(Array("x".utf8), with: good, comment: "")).text,
            "/none": "",
        ]
        let server = try LoopbackServer { request in
            let path = request.target.replacing(".minisig", with: "")
            guard request.target.hasSuffix(".minisig") else { return .text(content) }
            guard let text = signatures[path], !text.isEmpty else { return .whole(404) }
            return .text(text)
        }
        func update(_ path: String) async throws -> SourceOutcome {
            var source = SourceConfiguration.local(.file, server.address + path)
            source.key = good.publicKey
            return try await workspace.update([source])[0]
        }
        for (path, words) in [
            ("/other", "none of the keys"), ("/changed", "is wrong"), ("/none", "could not be fetched"),
        ] {
            let outcome = try await update(path)
            #expect(outcome.failures.first?.contains(words) == true, "\(path): \(outcome)")
            #expect(try workspace.store.current() == nil)
        }
        #expect(try await update("/good").state == .updated)
        #expect(try workspace.store.current()?["here/good"]?.signer == good.publicKey?.name)
    }
}
