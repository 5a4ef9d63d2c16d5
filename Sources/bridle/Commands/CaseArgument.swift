import ArgumentParser
import CaseModel
import Foundation
import Primitives

/// The case folder that `annotate` and `report` take.
struct CaseArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("A case folder that 'bridle check -o' wrote.", valueName: "case"))
    var path: String

    /// The folder, if it holds a case.
    func folder() throws(Failure) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw Failure(.noInput, "There is no case folder \(path.printableName).")
        }
        guard FileManager.default.fileExists(atPath: path + "/case.json") else {
            throw Failure(.data, "\(path.printableName) holds no case: expected case.json in it.")
        }
        return path
    }
}
