import Foundation
import Indicators
import TestSupport
import Testing

@Suite struct `A list of clean paths` {
    private let set = IndicatorSet([
        Indicator(.filePath, "/private/var/tmp/l/", family: "B", source: "a"),
        Indicator(.fileName, "bad,name", family: "A", source: "a"), Indicator(.fileName, "payload", source: "a"),
        Indicator(.processName, "bh", family: "A", source: "a"),
        Indicator(.domainName, "x.test", family: "C", source: "a"),
    ])

    private func measure(_ text: String) -> CleanList {
        Array(text.utf8).withUnsafeBufferPointer { CleanList(set, list: $0) }
    }

    @Test func `counts hits by family and names the lines`() {
        let list = measure("/private/var/tmp/l/x\n/a/bh/x\n\n/tmp/l\r\n/x/payload")
        #expect(list.examined == 4)
        #expect(list.families.map(\.name) == [nil, "A", "B"])
        #expect(list.families.map(\.indicators) == [1, 1, 1])
        #expect(list.families.map(\.hits) == [1, 0, 2])
        #expect(list.hits.map(\.line) == [1, 4, 5])
    }

    @Test func `reads tables with a column of paths`() {
        let list = measure("path,date\nprivate/var/tmp/l/x,1\n\"/a/\"\"q\"\"/bad,name\",2\n/a/bad,name\n")
        #expect(list.examined == 3)
        #expect(list.hits.map(\.path) == ["private/var/tmp/l/x", "/a/\"q\"/bad,name"])
    }

    @Test(.enabled(if: PublicSets.isPresent && CleanPaths.isPresent, "../shared is not beside the package"))
    func `of a public iPhone agrees with none of the public sets`() throws {
        var builder = IndicatorSet.Builder()
        for expectation in PublicSets.inventory {
            for indicator in try PublicSets.load(expectation.file).indicators { builder.add(indicator) }
        }
        let set = builder.build()
        let list = try CleanPaths.bytes().withUnsafeBufferPointer { CleanList(set, list: $0) }
        #expect(list.examined == 65_624)
        #expect(list.families.count >= 6)
        #expect(list.families.map(\.hits).allSatisfy { $0 == 0 })
        #expect(list.hits.isEmpty)
    }
}

/// The path list of BelkaCTF 6, where somebody has put it beside the package.
enum CleanPaths {
    private static let file: URL? = PublicSets.shared?.appending(
        path: "samples/ileapp/clean-paths-belkactf6-ios16.csv.zip")

    static var isPresent: Bool {
        (file.map { FileManager.default.fileExists(atPath: $0.path()) } ?? false)
            && FileManager.default.fileExists(atPath: "/usr/bin/unzip")
    }

    /// The first member of the archive, unpacked by the system's tool.
    static func bytes() throws -> [UInt8] {
        let file = try #require(file)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["unzip", "-p", file.path(), "*.csv", "-x", "__MACOSX/*"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        return [UInt8](try #require(data))
    }
}
