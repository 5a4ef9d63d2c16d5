public import ArtifactModel
public import Primitives

/// What was looked at, and what was not: without it, "nothing found" is a false comfort.
public struct Coverage: Sendable, Hashable {
    /// What came of an artefact or of one file.
    public enum Status: String, Sendable, Hashable {
        /// Read to its end without damage.
        case read
        /// The evidence holds no such file.
        case absent
        /// Read to its end, with parts that could not be read.
        case damaged
        /// The reading ended before the end.
        case stopped
        /// This kind of evidence never holds it.
        case notApplicable = "not-applicable"
    }

    /// One file.
    public struct File: Sendable, Hashable {
        /// As people find it in the container.
        public var path: String
        /// SHA-256 of the stored bytes, if it could be worked out.
        public var digest: String?
        /// The number of records, recovered ones among them.
        public var records: Int
        /// How many of the records are not live any more and were recovered.
        public var recovered: Int
        /// The damages that are listed: the first ones, in the order they were met.
        public var damages: [ParseError]
        /// How many damages there were, listed or not.
        public var damageCount: Int
        /// What ended the reading before its end.
        public var failure: ParseError?
        /// Whether the reading was interrupted by the person.
        public var isInterrupted: Bool

        /// A file of which nothing was read yet.
        public init(path: String) {
            self.path = path
            digest = nil
            records = 0
            recovered = 0
            damages = []
            damageCount = 0
            failure = nil
            isInterrupted = false
        }

        /// What came of it.
        public var status: Status {
            if failure != nil || isInterrupted { return .stopped }
            return damageCount > 0 ? .damaged : .read
        }
    }

    /// One artefact.
    public struct Artifact: Sendable, Hashable {
        /// Its identifier.
        public var identifier: String
        /// Its title.
        public var title: String
        /// In one sentence.
        public var summary: String
        /// What the reading was compared with, in words.
        public var standing: String
        /// What it can't show even when it is whole.
        public var losses: [String]
        /// The files, in the order of their paths.
        public var files: [File]
        /// The first and the last moment that its records name.
        public var reach: ClosedRange<Timestamp>?
        /// What a match in it could show, in the order of the states; empty if nothing in it is compared.
        public var shows: [Observable.State]
        /// Whether this kind of evidence can hold it.
        public var isApplicable: Bool
        /// Set when the places could not be looked up.
        public var failure: ParseError?

        /// An artefact of which nothing was read yet.
        public init(identifier: String, title: String, summary: String, standing: String, losses: [String]) {
            self.identifier = identifier
            self.title = title
            self.summary = summary
            self.standing = standing
            self.losses = losses
            files = []
            reach = nil
            shows = []
            isApplicable = true
            failure = nil
        }

        /// The number of records in all files.
        public var records: Int { files.reduce(0) { $0 + $1.records } }

        /// What came of it: the worst of its files.
        public var status: Status {
            if failure != nil { return .stopped }
            guard !files.isEmpty else { return isApplicable ? .absent : .notApplicable }
            for status in [Status.stopped, .damaged] where files.contains(where: { $0.status == status }) {
                return status
            }
            return .read
        }
    }

    /// Every artefact that Bridle knows, in the order of the catalogue.
    public var artifacts: [Artifact]
    /// Every family that an indicator or a check was published for, in byte order of the names.
    public var families: [Family]
    /// Every rule that was loaded as data, in byte order of the identifiers.
    public var rules: [Rule] = []
    /// The short links of the records.
    public var shortLinks = ShortLinks()

    /// Joins the two.
    public init(artifacts: [Artifact] = [], families: [Family] = []) {
        self.artifacts = artifacts
        self.families = families
    }

    /// Whether everything that was there was read without damage.
    public var isWhole: Bool { artifacts.allSatisfy { $0.status != .damaged && $0.status != .stopped } }
}
