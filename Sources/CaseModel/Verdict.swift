public import ArtifactModel

/// What the findings and the coverage together allow to be said, and never more.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// An expert looked and confirmed a finding. No tool can say it: it takes the annotation of a person.
    case confirmed
    /// A published indicator of something that was on the device matched.
    case strongMatch = "strong-match"
    /// A pattern that needs an expert.
    case suspicious
    /// A link, a contact or a mention, and no sign that anything came of it.
    case attemptOrContact = "attempt-or-contact"
    /// Nothing matched in what was examined.
    case noMatch = "no-match"
    /// Too little was there or readable to say anything.
    case tooLittleEvidence = "too-little-evidence"

    /// Works out the verdict: the first line of ``table`` that applies.
    public init(of grounds: Grounds) { self = Verdict.line(for: grounds).verdict }

    /// The part of a finding that the verdict depends on.
    public struct Summary: Sendable, Hashable {
        /// Whether a published indicator matched; checks and rules count alike.
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

    /// Everything that a verdict follows from.
    public struct Grounds: Sendable, Hashable {
        /// What was found, without what a person has suppressed.
        public var findings: Set<Summary>
        /// What is missing before "no match" would say anything.
        public var shortfalls: [Shortfall]
        /// Whether an expert confirmed a finding.
        public var isConfirmed: Bool

        /// Joins the parts.
        public init(findings: Set<Summary>, shortfalls: [Shortfall], isConfirmed: Bool = false) {
            self.findings = findings
            self.shortfalls = shortfalls
            self.isConfirmed = isConfirmed
        }
    }

    /// The verdict in one line.
    public var headline: String {
        switch self {
        case .confirmed: "Confirmed by an expert"
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
        case .confirmed:
            "A person looked at the evidence and confirmed at least one finding; name, time and reason stand with it. "
                + "The tool itself confirms nothing. What exactly was confirmed is what that person wrote, and no more."
        case .strongMatch:
            "At least one record equals a trace that researchers published for spyware that was on a device. That is "
                + "a reason to act today, and not yet a confirmation: only an expert who looks at the evidence can "
                + "confirm it."
        case .suspicious:
            "At least one record has a form that researchers described for spyware. Ordinary causes exist; each "
                + "finding names them. An expert should look before anybody concludes anything."
        case .attemptOrContact:
            "A link, message, account or site that was published in connection with spyware appears in the records, or "
                + "a notice about an attempt does. It shows an attempt, a contact or a mention, or that somebody was "
                + "told of an attempt. No record that was examined shows that anything came of it, and spyware of this "
                + "kind often leaves no such record."
        case .noMatch:
            "None of the records that were examined matches the indicators, checks and rules that were loaded. It does "
                + "not mean that the device was never attacked: spyware that nobody has published yet, or that removed "
                + "its traces, is not found this way. The coverage lists what was not examined."
        case .tooLittleEvidence:
            "Too few of the places where traces are known to remain were in this evidence, could be read, or reach "
                + "back far enough. Nothing can be said about the device either way."
        }
    }
}
