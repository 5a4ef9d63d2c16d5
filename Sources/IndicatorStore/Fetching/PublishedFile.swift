public import Indicators

/// What a file with indicators gives, whatever its form.
public enum PublishedFile {
    /// The indicators of a file and what could not be used of it. `source` is the name that findings cite.
    public static func read(
        _ bytes: [UInt8], source: String
    ) -> (indicators: [Indicator], problems: [IndicatorProblem]) {
        let loaded = StructuredThreatInformation(bytes, source: source)
        return (loaded.indicators, loaded.problems)
    }
}
