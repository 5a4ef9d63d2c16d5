public import Foundation

/// Reads every text for people in the repository, and finds the words that none of them may have.
///
/// Texts are the string literals of Swift sources (the templates of reports among them), rules, the documentation
/// without its code, the manual page and the completions. The words stand in `Scripts/Words`, a table for each language
/// that is shipped; what may pass all the same stands there too, by file and with a reason.
///
/// `make lint` and a test run the same code.
public struct WordingLinter {
    /// A text and the line that it begins on.
    public struct Passage: Hashable, Sendable {
        /// The text, without what is no sentence.
        public var text: String
        /// The line, from 1.
        public var line: Int

        /// Joins the parts.
        public init(_ text: String, line: Int) {
            self.text = text
            self.line = line
        }
    }

    /// A line of `allowed.txt`.
    private struct Allowance: Hashable {
        var file: String
        var phrase: String
    }

    private let root: URL
    private let phrases: [[String]]
    private let allowances: [Allowance]
    private var mistakes: [String] = []

    /// Reads the tables.
    public init(root: URL) throws {
        self.root = root
        let folder = root.appendingPathComponent("Scripts/Words")
        let tables = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter {
            $0.hasSuffix(".txt") && $0 != "allowed.txt"
        }
        phrases = try tables.flatMap { name in
            try WordingLinter.lines(of: folder.appendingPathComponent(name)).map { WordingLinter.words(in: $0.text) }
        }.filter { !$0.isEmpty }
        var allowances: [Allowance] = []
        for line in try WordingLinter.lines(of: folder.appendingPathComponent("allowed.txt")) {
            let parts = line.text.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            if parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) {
                allowances.append(Allowance(file: parts[0], phrase: parts[1]))
            } else {
                mistakes.append("Scripts/Words/allowed.txt:\(line.line): expected a file, a phrase and a reason")
            }
        }
        self.allowances = allowances
    }

    /// How many words and phrases are forbidden.
    public var count: Int { phrases.count }

    /// The languages that have a table, by their codes.
    public static func languages(root: URL) throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(
            atPath: root.appendingPathComponent("Scripts/Words").path)
        return Set(names.filter { $0.hasSuffix(".txt") && $0 != "allowed.txt" }.map { String($0.dropLast(4)) })
    }

    private static func lines(of file: URL) throws -> [Passage] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated().compactMap { index, line in
                let text = line.trimmingCharacters(in: .whitespaces)
                return text.isEmpty || text.hasPrefix("#") ? nil : Passage(text, line: index + 1)
            }
    }

    /// Everything that is wrong, a line each, in the order of the files.
    public func complaints() throws -> [String] {
        var complaints = mistakes
        var used: Set<Allowance> = []
        for path in try files() {
            let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
            let own = allowances.filter { $0.file == path }
            for passage in WordingLinter.passages(of: text, path: path) {
                var rest = passage.text
                for allowance in own where rest.contains(allowance.phrase) {
                    used.insert(allowance)
                    rest = rest.replacingOccurrences(of: allowance.phrase, with: " ")
                }
                for claim in claims(in: rest) {
                    complaints.append("\(path):\(passage.line): '\(claim)' says more than a record can show")
                }
            }
        }
        for allowance in allowances where !used.contains(allowance) {
            complaints.append("Scripts/Words/allowed.txt: nothing in \(allowance.file) needs '\(allowance.phrase)'")
        }
        return complaints
    }

    /// The forbidden phrases that a text has.
    public func claims(in text: String) -> [String] {
        let words = WordingLinter.words(in: text)
        return phrases.filter { phrase in
            guard words.count >= phrase.count else { return false }
            return (0...words.count - phrase.count).contains { words[$0..<$0 + phrase.count].elementsEqual(phrase) }
        }.map { $0.joined(separator: " ") }
    }

    private static func words(in text: String) -> [String] {
        text.lowercased().split { !$0.isLetter }.map(String.init)
    }

    /// The files with texts for people, in byte order.
    private func files() throws -> [String] {
        var found = ["README.md", "CONTRIBUTING.md", "SECURITY.md"]
        // The manual page and the completions are written from the help texts, which stand in Sources.
        for folder in ["Sources", "Documentation", "Changes"] {
            let paths =
                FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)?.allObjects
                as? [String] ?? []
            found += paths.filter { path in
                let name = path.split(separator: "/").last.map(String.init) ?? path
                if name == "bridle.1" { return false }
                return ["swift", "md", "1", "yml", "yaml", "html", "mustache"].contains {
                    name.hasSuffix("." + $0)
                }
            }.map { folder + "/" + $0 }
        }
        return found.filter { FileManager.default.fileExists(atPath: root.appendingPathComponent($0).path) }.sorted()
    }

    /// The texts of a file.
    public static func passages(of text: String, path: String) -> [Passage] {
        if path.hasSuffix(".swift") { return SwiftLiterals.passages(of: text) }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        guard path.hasSuffix(".md") else { return lines.map { Passage(String($0.element), line: $0.offset + 1) } }
        var isCode = false
        return lines.compactMap { index, line in
            if line.trimmingCharacters(in: .whitespaces).hasPrefix("```") {
                isCode.toggle()
                return nil
            }
            guard !isCode else { return nil }
            // Between back quotes stand names, and behind a title its address.
            let sentence = String(line).replacing(/`[^`]*`/, with: " ").replacing(/\]\([^)]*\)/, with: "]")
            return Passage(sentence, line: index + 1)
        }
    }
}
