/// Why evidence could not be opened or copied: a sentence that says what was expected and what to do.
///
/// Unlike ``ParseError`` it may name folders and devices, so that a person can choose between several backups; control
/// characters are taken out of every such name.
public struct EvidenceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of obstacle; a struct, so that kinds can be added without breaking anyone.
    public struct Code: Sendable, Hashable {
        /// A word for logs and tests.
        public let name: String
        /// The exit code of the command, from `sysexits.h`.
        public let exitCode: Int32

        /// There is nothing at the path.
        public static let notThere = Code(name: "not-there", exitCode: 66)
        /// There is something, and the operating system does not hand it out.
        public static let notOpenable = Code(name: "not-openable", exitCode: 66)
        /// It is not a form of evidence that is read.
        public static let notEvidence = Code(name: "not-evidence", exitCode: 65)
        /// There are several pieces of evidence, and one must be chosen.
        public static let several = Code(name: "several", exitCode: 65)
        /// It is evidence, and too damaged to be read.
        public static let damaged = Code(name: "damaged", exitCode: 65)
        /// It is encrypted, and neither password nor key was given.
        public static let passwordMissing = Code(name: "password-missing", exitCode: 77)
        /// The password or key does not open it.
        public static let passwordWrong = Code(name: "password-wrong", exitCode: 77)
        /// The key that is needed is not in the evidence.
        public static let locked = Code(name: "locked", exitCode: 77)
        /// The output can't be written there.
        public static let outputRefused = Code(name: "output-refused", exitCode: 73)
    }

    /// What kind of obstacle.
    public let code: Code
    /// What was expected, and what to do.
    public let message: String

    /// Joins a code and a sentence.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }

    /// What can be opened, behind "expected".
    static let acceptedEvidence =
        "the folder of an iOS backup, or the file system of a device in a folder, a tar or a zip archive"

    /// A name from the evidence or the file system in a form that a terminal can show: no control characters, not long.
    static func shown(_ name: String) -> String {
        let scalars = name.unicodeScalars.prefix(120).map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: Unicode.Scalar(0xFFFD) ?? " "
            default: scalar
            }
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }
}
