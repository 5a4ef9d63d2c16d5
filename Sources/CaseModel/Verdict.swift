public import ArtifactModel

/// What the findings and the coverage together allow to be said, and never more.
///
/// "Confirmed" is missing here on purpose: only a person can say it.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// A published indicator of something that was on the device matched.
    case strongMatch = "strong-match"
    /// A pattern that needs an expert.
    case suspicious
    /// A link or a contact, and no sign that anything came of it.
    case attemptOrContact = "attempt-or-contact"
    /// Nothing matched in what was examined.
    case noMatch = "no-match"
    /// Too little was there or readable to say anything.
    case tooLittleEvidence = "too-little-evidence"

    /// Works out the verdict: the first line of the table that applies.
    ///
    /// | line | condition | verdict |
    /// |---|---|---|
    /// | 1 | an indicator match, high or critical, of state installed, ran or unknown | strong match |
    /// | 2 | a check of severity medium or above, state not attempted | suspicious |
    /// | 3 | an indicator match, or a check of medium or above, of any state | attempt or contact |
    /// | 4 | fewer than three artefacts gave records | too little evidence |
    /// | 5 | otherwise | no match in what was examined |
    public init(of findings: [Summary], artifactsWithRecords: Int) {
        let onDevice: Set<Observable.State> = [.installed, .ran, .unknown]
        if findings.contains(where: { $0.isIndicator && $0.severity >= .high && onDevice.contains($0.state) }) {
            self = .strongMatch
        } else if findings.contains(where: { !$0.isIndicator && $0.severity >= .medium && $0.state != .attempted }) {
            self = .suspicious
        } else if findings.contains(where: { $0.isIndicator || $0.severity >= .medium }) {
            self = .attemptOrContact
        } else {
            self = artifactsWithRecords < 3 ? .tooLittleEvidence : .noMatch
        }
    }

    /// The part of a finding that the verdict depends on.
    public struct Summary: Sendable, Hashable {
        /// Whether a published indicator matched.
        public var isIndicator: Bool
        /// The severity.
        public var severity: Severity
        /// What the record shows.
        public var state: Observable.State

        /// Joins the parts.
        public init(isIndicator: Bool, severity: Severity, state: Observable.State) {
            self.isIndicator = isIndicator
            self.severity = severity
            self.state = state
        }
    }

    /// The verdict in one line.
    public var headline: String {
        switch self {
        case .strongMatch: "Strong match with published traces"
        case .suspicious: "Suspicious: needs an expert"
        case .attemptOrContact: "Attempt or contact seen, no sign of success"
        case .noMatch: "No match in what was examined"
        case .tooLittleEvidence: "Too little evidence to say"
        }
    }

    /// What the line means, for somebody who reads one for the first time.
    public var explanation: String {
        switch self {
        case .strongMatch:
            "At least one record equals a trace that researchers published for spyware that was on a device. That is "
                + "a reason to act today, and not yet a confirmation: only an expert who looks at the evidence can "
                + "confirm it."
        case .suspicious:
            "At least one record has a form that researchers described for spyware. Ordinary causes exist; each "
                + "finding names them. An expert should look before anybody concludes anything."
        case .attemptOrContact:
            "A link, message, account or site that was published in connection with spyware appears in the records, or a "
                + "notice about an attempt does. It shows an attempt or a contact, or that somebody was told of one. No "
                + "record that was examined shows that anything came of it, and spyware of this kind often leaves no "
                + "such record."
        case .noMatch:
            "None of the records that were examined matches the indicators and checks that were loaded. It does not "
                + "mean that the device was never attacked: spyware that nobody has published yet, or that removed its "
                + "traces, is not found this way. The coverage lists what was not examined."
        case .tooLittleEvidence:
            "Too few of the places where traces are known to remain were in this evidence, or could be read. Nothing "
                + "can be said about the device either way."
        }
    }
}
