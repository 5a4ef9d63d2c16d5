import Foundation
import PackagePlugin

/// Puts the texts of the rules into the program while it is built: no file has to lie beside it.
@main
struct RulePackPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = target.directoryURL.appending(path: "Rules")
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        let rules = found.compactMap { $0 as? URL }.filter { $0.pathExtension == "yml" }.sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "PackedRules.generated.swift")
        return [
            .buildCommand(
                displayName: "Packing \(rules.count) files of rules",
                executable: try context.tool(named: "rule-pack-generator").url,
                arguments: [folder.path, output.path] + rules.map(\.path),
                inputFiles: rules, outputFiles: [output])
        ]
    }
}
