import Foundation
import IndicatorStore
import Primitives

/// What holds for a run before the command line is looked at: the configuration file, then the environment.
struct Settings {
    /// What the file says.
    let configuration: Configuration
    /// Where the file is, or would be.
    let configurationPath: String
    /// The store of indicators.
    let store: IndicatorStore
    /// The folder of what can be made again.
    let cache: String

    /// Reads the file that `BRIDLE_CONFIG` names, else `bridle/config.yaml` in `XDG_CONFIG_HOME` or `~/.config`.
    static func load() throws(Failure) -> Settings {
        let environment = ProcessInfo.processInfo.environment
        let home =
            environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? FileManager.default.homeDirectoryForCurrentUser.path
        func folder(_ variable: String, _ otherwise: String) -> String {
            if let path = environment[variable], path.hasPrefix("/") { return path + "/bridle" }
            return home + "/" + otherwise + "/bridle"
        }
        func given(_ variable: String) -> String? {
            guard let value = environment[variable], !value.isEmpty else { return nil }
            return value
        }
        func expanded(_ path: String?) -> String? {
            path.map { $0.hasPrefix("~/") ? home + $0.dropFirst() : $0 }
        }
        let path = given("BRIDLE_CONFIG") ?? folder("XDG_CONFIG_HOME", ".config") + "/config.yaml"
        if given("BRIDLE_CONFIG") != nil, !FileManager.default.fileExists(atPath: path) {
            throw Failure(
                .configuration, "There is no configuration at \(path.printableName), which BRIDLE_CONFIG names.")
        }
        do {
            let configuration = try Configuration(file: path)
            let data =
                given("BRIDLE_DATA") ?? expanded(configuration.data) ?? folder("XDG_DATA_HOME", ".local/share")
            return Settings(
                configuration: configuration, configurationPath: path,
                store: IndicatorStore(folder: URL(fileURLWithPath: data).path + "/indicators"),
                cache: given("BRIDLE_CACHE") ?? expanded(configuration.cache) ?? folder("XDG_CACHE_HOME", ".cache"))
        } catch {
            throw Failure(error)
        }
    }
}
