import Foundation
import TestSupport
import Testing

@testable import IndicatorStore

/// The store on the disk: whole at any moment, whatever cuts a change off.
struct KeepingTests {
    let workspace: StoreWorkspace
    private var store: IndicatorStore { workspace.store }

    init() throws { workspace = try StoreWorkspace() }

    @Test func `every change makes a generation, and each can be gone back to`() throws {
        try workspace.add("a.stix2", "one")
        try workspace.add("a.stix2", "two", 1)
        try workspace.add("b.stix2", "three", 2)
        #expect(store.generationNumbers == [1, 2, 3])
        #expect(try store.current()?.files.map(\.name) == ["a.stix2", "b.stix2"])
        #expect(try store.rollback(to: nil).number == 2)
        #expect(try store.rollback(to: nil).number == 1)
        let file = try #require(try store.current()?["a.stix2"])
        #expect(try store.bytes(of: file) == Array("one".utf8))
        #expect(throws: StoreError.self) { try store.rollback(to: nil) }
        #expect(throws: StoreError.self) { try store.rollback(to: 9) }
        // What comes next stands on the generation that counts, and takes no number twice.
        try workspace.add("c.stix2", "four", 3)
        #expect(try store.current()?.number == 4)
        #expect(try store.current()?.files.map(\.name) == ["a.stix2", "c.stix2"])
    }

    @Test func `what changes nothing makes no generation`() throws {
        try workspace.add("a.stix2", "one")
        #expect(try workspace.add("a.stix2", "one", 9).number == 1)
        #expect(store.generationNumbers == [1])
    }

    @Test func `old generations go, and with them the contents that only they named`() throws {
        for number in 1...5 { try workspace.add("a.stix2", "content \(number)", Int64(number)) }
        #expect(workspace.names("store/indicators/objects").count == 5)
        #expect(try store.prune(keeping: 2) == (5, 2))
        #expect(store.generationNumbers == [4, 5] && workspace.names("store/indicators/objects").count == 2)
        _ = try store.rollback(to: 4)
        #expect(try store.prune(keeping: 1) == (2, 1))
        #expect(store.generationNumbers == [4])
        #expect(try store.bytes(of: try #require(try store.current()?.files.first)) == Array("content 4".utf8))
        // The number of what was removed is not given again: a pack of it may be somewhere.
        #expect(try workspace.add("a.stix2", "content 6", 6).number == 6)
    }

    @Test func `only the owner reads it`() throws {
        try workspace.add("a.stix2", "one")
        for path in try FileManager.default.subpathsOfDirectory(atPath: store.folder) + [""] {
            let attributes = try FileManager.default.attributesOfItem(atPath: store.folder + "/" + path)
            let mode = try #require(attributes[.posixPermissions] as? Int)
            #expect(mode & 0o077 == 0, "\(path)")
        }
    }

    @Test func `a change that is given up leaves nothing behind`() throws {
        try workspace.add("a.stix2", "one")
        do {
            let change = try StoreChange(store, at: try StoreWorkspace.moment(5))
            try change.put(Array("two".utf8), name: "a.stix2", at: try StoreWorkspace.moment(5))
            change.remove("a.stix2")
        }
        #expect(try store.current()?.number == 1)
        let file = try #require(try store.current()?["a.stix2"])
        #expect(try store.bytes(of: file) == Array("one".utf8))
        #expect(workspace.names("store/indicators/incoming").isEmpty)
    }

    @Test func `a change that was cut off at any of its steps leaves the state before`() throws {
        try workspace.add("a.stix2", "one")
        // What a process leaves behind that ended before its last step: contents, halves, a generation that nothing
        // points to.
        try workspace.write(
            Array("half".utf8), to: "store/indicators/objects/\(String(repeating: "a", count: 64)).partial")
        try workspace.write(Array("{\"format\":1,".utf8), to: "store/indicators/generations/2.json.partial")
        try workspace.write(Array("7\n".utf8), to: "store/indicators/current.partial")
        try workspace.write(Array("half".utf8), to: "store/indicators/incoming/1")
        #expect(try store.current()?.number == 1)
        try workspace.add("b.stix2", "two", 3)
        #expect(try store.current()?.files.map(\.name) == ["a.stix2", "b.stix2"])
        #expect(workspace.names("store/indicators/objects").count == 2)
        #expect(workspace.names("store/indicators/incoming").isEmpty)
    }

    @Test func `two processes do not change it at once`() throws {
        try workspace.add("a.stix2", "one")
        let change = try StoreChange(store, at: try StoreWorkspace.moment())
        #expect(throws: StoreError.self) { try workspace.add("b.stix2", "two") }
        #expect(throws: StoreError.self) { try store.rollback(to: 1, patience: 0.1) }
        // Reading goes on.
        #expect(try store.current()?.number == 1)
        withExtendedLifetime(change) {}
    }

    @Test func `files that lie in the folder count, and the next change takes them over`() throws {
        try workspace.write(Array("loose".utf8), to: "store/indicators/old.stix2")
        try workspace.write(Array("no".utf8), to: "store/indicators/.hidden.json")
        #expect(store.looseFiles == [store.folder + "/old.stix2"])
        #expect(try store.current() == nil)
        try workspace.add("new.stix2", "new")
        #expect(store.looseFiles.isEmpty)
        #expect(try store.current()?.files.map(\.name) == ["new.stix2", "old.stix2"])
    }

    @Test(arguments: ["", "x\n", "-1\n", "99999999999999999999\n", "{}", String(repeating: "1", count: 100)])
    func `a pointer that is none is said, with the way out`(text: String) throws {
        try workspace.add("a.stix2", "one")
        try workspace.write(Array(text.utf8), to: "store/indicators/current")
        #expect(throws: StoreError.self) { try store.current() }
        #expect(try store.rollback(to: 1).number == 1)
        #expect(try store.current()?.number == 1)
    }

    @Test func `a description that was changed is refused and not trusted`() throws {
        let generation = try workspace.add("a.stix2", "one")
        let text = String(decoding: generation.json, as: UTF8.self)
        let path = "store/indicators/generations/1.json"
        for (old, new) in [
            ("\"format\":1", "\"format\":2"), ("\"generation\":1", "\"generation\":7"), ("\"size\":3", "\"size\":-3"),
            ("\"sha256\":\"", "\"sha256\":\"../../"), ("\"role\":\"indicators\"", "\"role\":\"x\""), ("]}", "]"),
        ] {
            try workspace.write(Array(text.replacing(old, with: new).utf8), to: path)
            #expect(throws: StoreError.self, "\(old)") { try store.current() }
        }
        for count in stride(from: 0, to: text.utf8.count - 1, by: 7) {
            try workspace.write(Array(text.utf8.prefix(count)), to: path)
            #expect(throws: StoreError.self, "\(count)") { try store.current() }
        }
    }

    @Test func `a content that was changed or is gone is not used`() throws {
        let file = try #require(try workspace.add("a.stix2", "one").files.first)
        for bytes in ["two", "on", "", "one more"] {
            try workspace.write(Array(bytes.utf8), to: "store/indicators/objects/" + file.digest)
            #expect(throws: StoreError.self) { try store.bytes(of: file) }
        }
        unlink(store.path(of: file))
        #expect(throws: StoreError.self) { try store.bytes(of: file) }
        #expect(throws: StoreError.self) { try store.rollback(to: 1) }
    }

    @Test func `something else than a file in the place of one is not waited for`() throws {
        try workspace.add("a.stix2", "one")
        unlink(store.folder + "/current")
        mkfifo(store.folder + "/current", 0o600)
        #expect(throws: StoreError.self) { try store.current() }
    }

    @Test(arguments: ["../../x", "/etc/passwd", "a\u{1B}[2Jb", "", "...", String(repeating: "n", count: 500), "a b"])
    func `no name leads anywhere`(text: String) {
        let name = StoredFile.name(from: text)
        #expect(!name.contains("/") && !name.hasPrefix(".") && !name.isEmpty && name.count <= 120)
        #expect(name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F })
        #expect(StoredFile.name(from: name) == name)
    }
}
