import Foundation
import PackagePlugin

/// Writes the list of a target's artefacts while it is built, so that nobody edits or merges one.
@main
struct CatalogPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SwiftSourceModuleTarget else { return [] }
        let sources = target.sourceFiles(withSuffix: "swift").map(\.url).sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "Catalog.generated.swift")
        return [
            .buildCommand(
                displayName: "Listing the artefacts of \(target.name)",
                executable: try context.tool(named: "catalog-generator").url,
                arguments: [target.name, target.directoryURL.path, output.path] + sources.map(\.path),
                inputFiles: sources, outputFiles: [output])
        ]
    }
}
