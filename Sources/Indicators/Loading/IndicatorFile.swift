public import Primitives

/// A file of indicators in any of the forms in which they are published, and what came of it.
///
/// The form is told by the content, never by the name. Nothing stops the load and nothing is dropped silently: what
/// is not used is a problem with its reason.
public struct IndicatorFile: Sendable {
    /// What a file says of itself.
    public struct Publication: Sendable, Hashable {
        /// Who published it.
        public var publisher: String?
        /// Its title.
        public var title: String?
        /// The earliest creation that it names.
        public var created: Timestamp?
        /// The latest modification that it names.
        public var modified: Timestamp?
        /// The licence or the statement under which it was published.
        public var licence: String?
        /// How far it may be passed on: `TLP:AMBER` and the like.
        public var marking: String?

        /// A file that says nothing of itself.
        public init() {}
    }

    /// The form that was found.
    public let form: Form
    /// The indicators in the order of the file; empty if they were handed to a builder.
    public let indicators: [Indicator]
    /// How many indicators there are.
    public let count: Int
    /// The patterns that say more than one value, in the order of the file.
    public let patterns: [CompoundPattern]
    /// What was not used, or not as it stands there.
    public let problems: [IndicatorProblem]
    /// How often indicators were seen, as their publishers say.
    public let sightings: [IndicatorSighting]
    /// What the file says of itself.
    public let publication: Publication

    private init(_ form: Form, _ intake: IndicatorIntake) {
        intake.finish()
        self.form = form
        (indicators, count, patterns) = (intake.indicators, intake.count, intake.patterns)
        (problems, sightings, publication) = (intake.problems, intake.sightings, intake.publication)
    }

    /// Larger files are refused with a sentence. STIX is read through a window, so it is not memory that sets the limit.
    public static let sizeLimit = 4 << 30
    /// Files of other forms are read whole.
    static let wholeLimit = 256 << 20

    /// Reads a file and lists its indicators; `name` is what the reader of a finding knows the file by.
    public init(_ bytes: [UInt8], name: String) {
        let intake = IndicatorIntake(source: name, builder: nil)
        let form = IndicatorFile.load(MemorySource(bytes), into: intake)
        self.init(form, intake)
    }

    /// Reads a file and hands its indicators to `builder`: a million of them take no more memory than the builder does.
    public static func load(
        _ source: any ByteSource, name: String, into builder: inout IndicatorSet.Builder
    ) -> IndicatorFile {
        let intake = IndicatorIntake(source: name, builder: builder)
        builder = IndicatorSet.Builder()
        intake.reserve(forBytes: source.count)
        let form = load(source, into: intake)
        builder = intake.takeBuilder()
        return IndicatorFile(form, intake)
    }

    /// Reads a MISP feed: a manifest, and the events that it lists, which `open` gives by their file names.
    ///
    /// An event that is not there is a problem; the others are read.
    public static func load(
        feed manifest: any ByteSource, name: String, into builder: inout IndicatorSet.Builder,
        open: (_ fileName: String) -> (any ByteSource)?
    ) -> IndicatorFile {
        let intake = IndicatorIntake(source: name, builder: builder)
        builder = IndicatorSet.Builder()
        let bytes = try? manifest.bytes(limit: wholeLimit)
        if let files = bytes.flatMap({ SharedFeed.eventFiles(in: $0) }) {
            for file in files {
                guard let event = open(file), let content = whole(event, intake) else {
                    intake.note(.damagedFile, "The event is listed and can't be read.", file)
                    continue
                }
                SharedEvent.load(content, into: intake)
            }
        } else {
            intake.note(.damagedFile, "The file is no manifest of a feed: expected events under their UUIDs.")
        }
        builder = intake.takeBuilder()
        return IndicatorFile(.sharedFeed, intake)
    }

    // MARK: -

    private static func load(_ source: any ByteSource, into intake: IndicatorIntake) -> Form {
        guard source.count <= sizeLimit else {
            intake.note(.damagedFile, "The file has more than 4 GB; divide it into several files.")
            return .unknown
        }
        let head = (try? source.bytes(in: 0..<min(source.count, Form.headLength))) ?? []
        let form = Form(head)
        switch form {
        case .structuredThreatInformation: ThreatBundle.load(source, into: intake)
        case .sharedEvent: if let bytes = whole(source, intake) { SharedEvent.load(bytes, into: intake) }
        case .sharedFeed:
            intake.note(
                .damagedFile,
                "The file is the manifest of a MISP feed; give the folder in which it lies with its events.")
        case .table(let delimiter):
            if let bytes = whole(source, intake) { IndicatorTable.load(bytes, delimiter: delimiter, into: intake) }
        case .list: if let bytes = whole(source, intake) { PlainList.load(bytes, into: intake) }
        case .openIOC: if let bytes = whole(source, intake) { OpenIOC.load(bytes, into: intake) }
        case .stalkerware: if let bytes = whole(source, intake) { StalkerwareList.load(bytes, into: intake) }
        case .unknown: intake.note(.damagedFile, Form.refusal(head))
        }
        return form
    }

    private static func whole(_ source: any ByteSource, _ intake: IndicatorIntake) -> [UInt8]? {
        do throws(ParseError) {
            return try source.bytes(limit: wholeLimit)
        } catch {
            intake.note(.damagedFile, "The file can't be read: \(error).")
            return nil
        }
    }
}
