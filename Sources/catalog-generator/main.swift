// Writes `public enum <Target>Catalog { public static let artifacts: [any Artifact.Type] }` from file names.
//
//     catalog-generator TARGET FOLDER OUTPUT FILE…
//
// An artefact is a file with a line `enum <Name>: Artifact {`. The laws that need nothing but the text are kept here,
// and reported in the compiler's format, so that an editor shows them where they are broken.
import Foundation

/// The name that a line declares as an artefact, if it does.
func declaredArtifact(_ line: some StringProtocol) -> Substring? {
    let words = line.split(whereSeparator: { $0 == " " || $0 == ":" || $0 == "{" || $0 == "," })
    guard words.count >= 3, words[0] == "enum", words[2...].contains("Artifact") else { return nil }
    return Substring(words[1])
}

let arguments = CommandLine.arguments
guard arguments.count >= 4 else {
    FileHandle.standardError.write(Data("usage: catalog-generator TARGET FOLDER OUTPUT FILE…\n".utf8))
    exit(64)
}

var names: [String] = []
var hasBrokenLaw = false
for path in arguments.dropFirst(4).sorted() {
    guard let data = FileManager.default.contents(atPath: path) else { continue }
    let stem = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    for (index, line) in String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
    {
        guard let name = declaredArtifact(line) else { continue }
        if name != stem {
            print(
                "\(path):\(index + 1):1: error: artifact '\(name)' must live in '\(name).swift', not in '\(stem).swift'"
            )
            hasBrokenLaw = true
        }
        names.append(String(name))
    }
}
guard !hasBrokenLaw else { exit(1) }

let text = """
    // Written by catalog-generator while building. Do not edit.
    public import ArtifactModel

    /// Every artefact of this target, in the order of its source files.
    public enum \(arguments[1])Catalog {
        /// The artefacts.
        public static let artifacts: [any Artifact.Type] = [
    \(names.map { "        \($0).self," }.joined(separator: "\n"))
        ]
    }

    """
do {
    try Data(text.utf8).write(to: URL(fileURLWithPath: arguments[3]), options: .atomic)
} catch {
    print("\(arguments[3]): error: the list of artefacts can't be written: \(error)")
    exit(1)
}
