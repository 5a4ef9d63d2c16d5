// Writes `enum PackedRules { static let files: [(name: StaticString, text: StaticString)] }` from files of rules.
//
//     rule-pack-generator FOLDER OUTPUT FILE…
//
// The name of a file is its path below the folder. Texts stand in raw literals, so that nothing in them has a meaning.
import Foundation

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    FileHandle.standardError.write(Data("usage: rule-pack-generator FOLDER OUTPUT FILE…\n".utf8))
    exit(64)
}

/// The longest run of `#`: a literal with one more is ended by nothing in the text.
func hashes(_ text: String) -> String {
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
        run = byte == UInt8(ascii: "#") ? run + 1 : 0
        longest = max(longest, run)
    }
    return String(repeating: "#", count: longest + 1)
}

var entries: [String] = []
var hasBrokenLaw = false
for path in arguments.dropFirst(3).sorted() {
    guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self),
        !text.utf8.contains(where: { $0 == 0x0D || $0 == 0 || ($0 < 0x20 && $0 != 0x0A) })
    else {
        print("\(path):1:1: error: a file of rules is UTF-8 with line feeds and without tabs and control characters")
        hasBrokenLaw = true
        continue
    }
    let name = path.dropFirst(arguments[1].count).drop { $0 == "/" }
    let mark = hashes(text)
    let body = text.hasSuffix("\n") ? text : text + "\n"
    entries.append("        (\n\(mark)\"\(name)\"\(mark),\n\(mark)\"\"\"\n\(body)\n\"\"\"\(mark)\n        ),")
}
guard !hasBrokenLaw else { exit(1) }

let text = """
    // Written by rule-pack-generator while building. Do not edit.

    /// The files of rules, in byte order of their names.
    enum PackedRules {
        /// The names and the texts.
        static let files: [(name: StaticString, text: StaticString)] = [
    \(entries.joined(separator: "\n"))
        ]
    }

    """
do {
    try Data(text.utf8).write(to: URL(fileURLWithPath: arguments[2]), options: .atomic)
} catch {
    print("\(arguments[2]): error: the rules can't be written: \(error)")
    exit(1)
}
