import ArtifactModel
public import CaseModel
import Indicators
public import Primitives
public import RuleLanguage

/// What a run is asked to do.
public struct AnalysisOptions: Sendable {
    /// Whether every record is written.
    public var writesRecords = true
    /// Whether the timeline is written.
    public var writesTimeline = true
    /// Whether message bodies, notes, titles and contact details are written and shown.
    public var includesContent = false
    /// The timeline's first moment, if it is limited. Findings are never left out.
    public var since: Timestamp?
    /// The timeline's last moment, if it is limited.
    public var until: Timestamp?
    /// How many artefacts are read at a time.
    public var jobs = 2
    /// What is asked of the records beside indicators and checks.
    public var rules = RuleSet()
    /// Asks where short links lead, if somebody asked for that by name. It gets the links in byte order, gives one answer
    /// for each, and stops when the run is stopped. Nothing in here connects to anything.
    public var askShortLinks: (@Sendable (_ links: [String], _ progress: RunProgress) async -> [ShortLinkAnswer])?

    /// The defaults of the command line.
    public init() {}
}

/// What every sink of a run shares.
struct JudgingContext: Sendable {
    let indicators: IndicatorSet
    let options: AnalysisOptions
    let progress: RunProgress
    /// Where files go, if they are written.
    let folder: CaseFolder?
    /// What the files begin with to which matches for correlations go, if there are correlations.
    var matchPrefix: String?
    /// The number of the artefact that is read, in the catalogue.
    var artifact = 0
    /// Published patterns over several properties or records.
    var patterns = PatternSet([])
    /// Whether records with short links are kept until it is known where these led.
    var keepsShortLinks = false
}
