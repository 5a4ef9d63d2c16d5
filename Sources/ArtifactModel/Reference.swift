/// A published source of a fact.
public struct Reference: Sendable, Hashable {
    /// Who published it.
    public var organisation: String
    /// Its title.
    public var title: String
    /// When, as `2021-07-18`, `2021-07` or `2021`; empty if the source has no date.
    public var date: String
    /// Where; empty if it has no address.
    public var link: String

    /// Joins the parts.
    public init(_ organisation: String, _ title: String, date: String = "", link: String = "") {
        self.organisation = organisation
        self.title = title
        self.date = date
        self.link = link
    }

    /// "Amnesty International, Forensic Methodology Report, 2021-07-18, https://…"
    public var citation: String {
        [organisation, title, date, link].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
