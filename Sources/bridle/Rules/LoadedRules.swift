import AppleArtifacts
import Foundation
import IndicatorStore
import Primitives
import RuleLanguage
import RulePack

/// Rules from files that a person names, and those that come along.
struct LoadedRules {
    /// More files than anybody keeps in one folder of rules.
    private static let fileLimit = 10_000
    /// The largest file that is opened, in bytes.
    private static let sizeLimit = 4 << 20

    /// The fields of every artefact that is read.
    static var tables: [FieldTable] { AppleArtifactsCatalog.artifacts.map { FieldTable($0) } }

    /// The rules that fit together and to the artefacts.
    let set: RuleSet

    /// Reads files, and the files ending in `.yml` or `.yaml` below folders.
    init(_ paths: [String], pack: Bool) throws {
        var files = pack ? RulePack.rules() : []
        for path in paths { files += try LoadedRules.files(at: path) }
        set = RuleSet(files, tables: LoadedRules.tables)
    }

    private static func files(at path: String) throws -> [RuleFile] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(.noInput, "There are no rules at \(path.printableName).")
        }
        guard isFolder.boolValue else { return [try file(path)] }
        var names: [String] = []
        let found = FileManager.default.enumerator(atPath: path)
        while let name = found?.nextObject() as? String {
            guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { continue }
            names.append(name)
            guard names.count <= fileLimit else {
                throw Failure(
                    .data, "The folder \(path.printableName) holds more than \(fileLimit.grouped) files of rules.")
            }
        }
        guard !names.isEmpty else {
            throw Failure(.noInput, "The folder \(path.printableName) holds no file that ends in .yml or .yaml.")
        }
        return try names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { try file(path + "/" + $0) }
    }

    private static func file(_ path: String) throws -> RuleFile {
        // Opened so that a pipe under the name does not keep the command waiting for its other end.
        guard let source = try? FileBytes(path) else {
            throw Failure(.noInput, "The rules in \(path.printableName) can't be read: expected an ordinary file.")
        }
        guard source.count <= sizeLimit else {
            throw Failure(.data, "\(path.printableName) has more than 4 MiB; rules are written by people.")
        }
        guard let bytes = try? source.bytes(limit: sizeLimit) else {
            throw Failure(.noInput, "The rules in \(path.printableName) can't be read.")
        }
        return RuleFile(path, bytes)
    }

    /// What can't be used, in lines; the first ones and how many there are beyond.
    static func lines(_ problems: [RuleProblem], limit: Int = 20) -> [String] {
        problems.prefix(limit).map { "  " + $0.description.printableName }
            + (problems.count > limit ? ["  … and \((problems.count - limit).grouped) more"] : [])
    }
}
