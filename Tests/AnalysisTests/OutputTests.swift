import Foundation
import Testing

@testable import Analysis

/// Files and folders of a case.
struct OutputTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), arguments: [1, 1 << 10, 1 << 19])
    func `a full disk is an error of the file, at its end at the latest`(size: Int) throws {
        let output = try OutputFile(creating: "/dev/full")
        for _ in 0..<3 { output.append([UInt8](repeating: 97, count: size)) }
        let error = #expect(throws: OutputError.self) { try output.close() }
        #expect(error?.path == "/dev/full")
        #expect(error?.description.contains("make room") == true, "\(error?.description ?? "")")
    }

    @Test func `a file is written whole, whatever the size of its pieces`() throws {
        for size in [1, 1_000, (256 << 10) - 1, 256 << 10, (256 << 10) + 1] {
            let output = try OutputFile(creating: scratch.path("file"))
            let piece = [UInt8](repeating: 98, count: size)
            output.append([97])
            output.append(piece)
            piece.withUnsafeBufferPointer { output.append($0) }
            output.append([99])
            try output.close()
            #expect(try scratch.bytes("file") == [97] + piece + piece + [99])
        }
    }

    @Test func `a symbolic link in place of an output file is not followed`() throws {
        try scratch.write("precious", to: "target")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: scratch.path("target"))
        #expect(throws: OutputError.self) { _ = try OutputFile(creating: scratch.path("link")) }
        #expect(try scratch.text("target") == "precious")
    }

    @Test func `an error shows no control character`() {
        let error = OutputError("a\u{1B}[2Jb\nc", "the reason")
        #expect(error.description == "The output can't be written to a\\u{1B}[2Jb\\u{A}c: the reason.")
    }

    @Test func `a case stands under its name only when it is whole`() throws {
        let folder = try CaseFolder(scratch.path("case"), force: false, outside: [])
        try folder.write("case.json", Array("{}".utf8))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("case")))
        try folder.publish()
        #expect(try scratch.names() == ["case"])
        #expect(try scratch.names("case") == ["case.json", "records"])
        let second = try CaseFolder(scratch.path("case"), force: true, outside: [])
        try second.write("case.json", Array("[]".utf8))
        #expect(try scratch.text("case/case.json") == "{}")
        try second.publish()
        #expect(try scratch.text("case/case.json") == "[]")
        #expect(try scratch.names() == ["case"])
        let third = try CaseFolder(scratch.path("other"), force: false, outside: [])
        third.discard()
        #expect(try scratch.names() == ["case"])
    }

    @Test func `two cases under construction do not disturb each other`() throws {
        let first = try CaseFolder(scratch.path("case"), force: false, outside: [])
        let second = try CaseFolder(scratch.path("case"), force: false, outside: [])
        #expect(first.staging != second.staging)
        try first.write("case.json", [1])
        try second.write("case.json", [2])
        try first.publish()
        // The name was free when both began; the one that is later does not replace the other.
        #expect(throws: OutputError.self) { try second.publish() }
        #expect(try scratch.bytes("case/case.json") == [1])
    }

    @Test func `nesting is seen through links and names that do not exist yet`() throws {
        try scratch.makeFolder("a/b/c")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: scratch.path("a/b"))
        for path in ["a", "a/b/c", "a/new/er", "link", "link/new", "link/new/er", "a/b/../new", "link/../new"] {
            #expect(Nesting.path(scratch.path(path), liesIn: scratch.path("a")), "\(path)")
        }
        for path in ["", "ab", "new", "new/er", "a/../new", "link/../../new"] {
            #expect(!Nesting.path(scratch.path(path), liesIn: scratch.path("a")), "\(path)")
        }
        #expect(Nesting.path(scratch.path("a/b/x"), liesIn: scratch.path("link")))
        #expect(Nesting.path("/anything", liesIn: "/") && Nesting.path("/", liesIn: "/"))
        #expect(
            Nesting.path("new", liesIn: ".") && Nesting.path("new/er", liesIn: ".") && Nesting.path("", liesIn: "."))
        #expect(!Nesting.path(scratch.path("a"), liesIn: scratch.path("nowhere")))
    }
}
