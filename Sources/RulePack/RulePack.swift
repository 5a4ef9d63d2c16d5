public import RuleLanguage

/// The rules that Bridle brings along: the files below `Rules`, put into the program while it is built.
public enum RulePack {
    /// A file by its path below `Rules`, and its text.
    public struct File: Sendable, Hashable {
        /// `ios/pegasus/blastpass-sample-passes.yml`
        public let name: String
        /// The bytes of the file.
        public let bytes: [UInt8]
    }

    /// The files, in byte order of their names.
    public static var files: [File] {
        PackedRules.files.map { file in
            File(name: "\(file.name)", bytes: file.text.withUTF8Buffer { Array($0) })
        }
    }

    /// The rules of all files.
    public static func rules() -> [RuleFile] { files.map { RuleFile($0.name, $0.bytes) } }
}
