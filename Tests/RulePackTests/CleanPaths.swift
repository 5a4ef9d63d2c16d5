import Analysis
import Foundation
import RuleLanguage
import RulePack
import Testing

/// The list of all paths of a public telephone on which nothing was planted, where somebody has put it.
enum CleanPaths {
    private static let file: URL? = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return ["../shared", "../../shared"].map {
            package.appending(path: $0 + "/samples/ileapp/clean-paths-belkactf6-ios16.csv.zip").standardizedFileURL
        }.first { FileManager.default.fileExists(atPath: $0.path()) }
    }()

    static var isPresent: Bool { file != nil && FileManager.default.fileExists(atPath: "/usr/bin/unzip") }

    /// The first column of the table, with a slash before it.
    static func paths() throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["unzip", "-p", try #require(file).path(), "*.csv", "-x", "__MACOSX/*"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try #require(try pipe.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        return data.split(separator: 0x0A).dropFirst().map { line in
            "/" + String(decoding: line, as: UTF8.self).split(separator: ",")[0].drop { $0 == "/" }
        }
    }
}

@Suite(.enabled(if: CleanPaths.isPresent, "the path list of a public telephone is not beside the package"))
struct `The paths of a public iPhone` {
    @Test func `make no rule fire`() throws {
        let paths = try CleanPaths.paths()
        #expect(paths.count == 65_624)
        let outcomes = RuleTrial(EveryRule.rules, tables: EveryRule.tables).hits(ofPaths: paths)
        #expect(outcomes.filter { !$0.examined.isEmpty }.count >= 5)
        for outcome in outcomes { #expect(outcome.hits == 0, "\(outcome.identifier)") }
    }

    @Test func `are what the measurements in the rules say`() throws {
        let count = Int64(try CleanPaths.paths().count)
        for head in EveryRule.rules.heads {
            for measured in head.card.measured where measured.corpus.contains("BelkaCTF 6") {
                #expect(measured.records == count && measured.hits == 0, "\(head.identifier)")
            }
        }
    }
}
