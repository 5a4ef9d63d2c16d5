/// A language that texts for people are shipped in.
///
/// Each has a table of words that none of its sentences may have, in `Scripts/Words`: a test fails for one without.
enum Language: String, Sendable, Hashable, CaseIterable {
    /// English
    case english = "en"
}
