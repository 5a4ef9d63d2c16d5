import ArgumentParser
import Foundation

/// Which indicators are used: those given, and those of the store.
struct IndicatorOptions: ParsableArguments {
    @Option(
        name: [.short, .customLong("indicators")],
        help: ArgumentHelp("A STIX 2 file, or a folder of them. May be given more than once.", valueName: "path"))
    var indicators: [String] = []

    @Flag(help: "Leave out the indicators of the store.")
    var noStore = false

    /// Loads them all.
    func load() throws -> LoadedIndicators {
        var paths = noStore ? [] : IndicatorStore().files
        for path in indicators {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw Failure(.noInput, "There are no indicators at \(path.printableName).")
            }
            guard isFolder.boolValue else {
                paths.append(path)
                continue
            }
            let files = IndicatorStore.files(in: path)
            guard !files.isEmpty else {
                throw Failure(.noInput, "The folder \(path.printableName) holds no .stix2 or .json file.")
            }
            paths += files
        }
        return try LoadedIndicators(paths)
    }
}
