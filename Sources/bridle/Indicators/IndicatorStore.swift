import Foundation
import Indicators
import Primitives

/// The indicators that a person has added: files in a folder of theirs.
struct IndicatorStore {
    /// The folder.
    let folder: URL

    /// `BRIDLE_DATA`, else `XDG_DATA_HOME/bridle`, else `~/.local/share/bridle`.
    init() {
        let environment = ProcessInfo.processInfo.environment
        let data: URL
        if let path = environment["BRIDLE_DATA"], !path.isEmpty {
            data = URL(fileURLWithPath: path)
        } else if let path = environment["XDG_DATA_HOME"], path.hasPrefix("/") {
            data = URL(fileURLWithPath: path).appendingPathComponent("bridle")
        } else {
            data = FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".local/share/bridle")
        }
        folder = data.appendingPathComponent("indicators")
    }

    /// The files of the store, in byte order of their names.
    var files: [String] { IndicatorStore.files(in: folder.path) }

    /// Adds a file under its own name, replacing an older one of that name in one step.
    func add(_ path: String, bytes: [UInt8]) throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let target = folder.appendingPathComponent(URL(fileURLWithPath: path).lastPathComponent)
            try Data(bytes).write(to: target, options: .atomic)
        } catch {
            throw Failure(
                .cantCreate,
                "The indicator store \(folder.path.printable) can't be written: \(error.localizedDescription)")
        }
    }

    /// Whether a file of this name is taken for one with indicators.
    static func isIndicatorFile(_ name: String) -> Bool {
        !name.hasPrefix(".") && (name.lowercased().hasSuffix(".stix2") || name.lowercased().hasSuffix(".json"))
    }

    /// The indicator files directly in a folder.
    static func files(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter(isIndicatorFile)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { folder + "/" + $0 }
    }
}
