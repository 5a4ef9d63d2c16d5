import ArgumentParser
import Foundation
import IndicatorStore
import Indicators
import Primitives

/// Which indicators are used: those given, and those of the store.
struct IndicatorOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("indicators")],
        help: ArgumentHelp(
            "A file with indicators, or a folder of them. May be given more than once.", valueName: "path"))
    var indicators: [String] = []

    @Flag(help: "Leave out the indicators of the store.")
    var noStore = false

    /// Loads them all.
    func load() throws -> LoadedIndicators { try load(Settings.load()) }

    /// Loads them all, from the store of these settings.
    func load(_ settings: Settings) throws -> LoadedIndicators {
        var inputs = noStore ? [] : try LoadedIndicators.inputs(of: settings.store)
        for path in try IndicatorOptions.files(indicators) { inputs.append(LoadedIndicators.Input(path: path)) }
        return try LoadedIndicators.load(inputs, cache: settings.cache)
    }

    /// The files that paths name: themselves, or what lies directly in a folder.
    static func files(_ paths: [String]) throws -> [String] {
        var files: [String] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Failure(.noInput, "There are no indicators at \(path.printableName).")
            }
            guard isFolder.boolValue else {
                files.append(path)
                continue
            }
            // A feed of MISP is its manifest, which names the events beside it.
            if let manifest = try? LoadedIndicators.bytes(path + "/manifest.json"),
                IndicatorFile(manifest, name: "manifest.json").form == .sharedFeed
            {
                files.append(path + "/manifest.json")
                continue
            }
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            let found = names.filter(IndicatorStore.isIndicatorFile)
                .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { path + "/" + $0 }
            guard !found.isEmpty else {
                throw Failure(
                    .noInput,
                    "The folder \(path.printableName) holds no file whose name ends in "
                        + IndicatorStore.endings.joined(separator: ", ") + ".")
            }
            files += found
        }
        return files
    }
}
