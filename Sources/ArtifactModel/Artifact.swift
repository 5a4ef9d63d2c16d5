/// A kind of trace: where it lies, how it is read, what is asked of it.
///
/// One type, one file, found by the build. The nested record is always called `Entry`.
public protocol Artifact: Sendable {
    /// The record.
    associatedtype Entry: Record

    /// What a person should know about it.
    static var card: ArtifactCard { get }
    /// What is asked of every record.
    static var checks: [Check<Entry>] { get }
    /// What its records say of the device itself.
    static var facts: [Fact<Entry>] { get }

    /// Whether it is read only when a person asks for it, because it takes long and most cases do without.
    static var isOnRequest: Bool { get }

    /// Reads one file and pushes its records.
    ///
    /// Damage to a record is noted and skipped. Damage that ends the file is thrown. `evidence` is there for the few
    /// that need a second file.
    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws
}

extension Artifact {
    public static var checks: [Check<Entry>] { [] }
    public static var isOnRequest: Bool { false }
    public static var facts: [Fact<Entry>] { [] }
}

/// What a person should know about an artefact before believing it.
public struct ArtifactCard: Sendable, Hashable {
    /// What the reading was compared with.
    public enum Standing: Sendable, Hashable {
        /// Files of these releases, made by devices, were read.
        case observed([String])
        /// Written from published descriptions; no file made by a device was read.
        case documented
        /// Neither.
        case unexercised

        /// The standing in words.
        public var words: String {
            switch self {
            case .observed(let releases): "observed on " + releases.joined(separator: ", ")
            case .documented: "documented"
            case .unexercised: "unexercised"
            }
        }
    }

    /// `apple.web.safari-history`: vendor, family, the type's name. Part of the data contract.
    public var identifier: String
    /// A noun phrase for people: "Safari history".
    public var title: String
    /// One sentence without a full stop, at most 100 characters.
    public var summary: String
    /// Every place where it lies, for every container.
    public var places: [Place]
    /// What the reading was compared with.
    public var standing: Standing
    /// What the artefact can't show even when it is whole.
    public var losses: [String]
    /// Where its format was described.
    public var references: [Reference]

    /// Declares a card.
    public init(
        _ identifier: String, _ title: String, summary: String, places: [Place], standing: Standing, losses: [String],
        references: [Reference]
    ) {
        self.identifier = identifier
        self.title = title
        self.summary = summary
        self.places = places
        self.standing = standing
        self.losses = losses
        self.references = references
    }
}
