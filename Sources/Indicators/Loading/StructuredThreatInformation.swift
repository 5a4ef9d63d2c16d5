import Primitives

/// The indicators of a STIX bundle, version 2.0 or 2.1, and everything in it that could not be used.
///
/// Nothing stops the load: a damaged object costs itself, a damaged file gives what stands before the damage, a pattern
/// that is not understood is one problem. Takes time in proportion to the size of the file. For other forms, and for
/// files that are larger than memory, there is ``IndicatorFile``.
/// Source: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
public struct StructuredThreatInformation: Sendable {
    /// The indicators, in the order of the file.
    public let indicators: [Indicator]
    /// The patterns that say more than one value, in the order of the file.
    public let patterns: [CompoundPattern]
    /// What was not used, or not as it stands there.
    public let problems: [IndicatorProblem]

    /// Reads a bundle, or an array of objects; `source` is the name under which the reader of a finding knows the file.
    public init(_ bytes: [UInt8], source: String) {
        let intake = IndicatorIntake(source: source, builder: nil)
        ThreatBundle.load(MemorySource(bytes), into: intake)
        intake.finish()
        (indicators, patterns, problems) = (intake.indicators, intake.patterns, intake.problems)
    }
}
