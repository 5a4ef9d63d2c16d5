import ArtifactModel

extension Verdict {
    /// One line of the table by which a verdict is worked out.
    public struct Line: Sendable {
        /// The condition in words, as the documentation and the case have it.
        public let condition: String
        /// The verdict of the line.
        public let verdict: Verdict
        /// Whether the condition holds.
        public let applies: @Sendable (Grounds) -> Bool
    }

    /// The table, the first line first; the last one always applies. `Documentation/verdict.md` shows the same.
    ///
    /// Checks and rules count alike and are never enough for a strong match: a form is not an equal value. Records of
    /// severity informational or low, such as the state of protection, raise no verdict.
    public static let table: [Line] = [
        Line(
            condition: "an expert has confirmed a finding, and has not withdrawn it", verdict: .confirmed,
            applies: \.isConfirmed),
        Line(
            condition:
                "an indicator match of severity high or critical whose state is installed or ran, or of severity "
                + "critical whose state is unknown",
            verdict: .strongMatch,
            applies: { grounds in
                grounds.findings.contains { finding in
                    guard finding.isIndicator else { return false }
                    return switch finding.state {
                    case .installed, .ran: finding.severity >= .high
                    case .unknown: finding.severity == .critical
                    case .visited, .contacted, .attempted, .mentioned: false
                    }
                }
            }),
        Line(
            condition: "a check or rule of severity medium or above whose state is neither attempted nor mentioned",
            verdict: .suspicious,
            applies: { grounds in
                grounds.findings.contains {
                    !$0.isIndicator && $0.severity >= .medium && $0.state != .attempted && $0.state != .mentioned
                }
            }),
        Line(
            condition: "any indicator match, or a check or rule of severity medium or above",
            verdict: .attemptOrContact,
            applies: { grounds in grounds.findings.contains { $0.isIndicator || $0.severity >= .medium } }),
        Line(
            condition: "what was examined falls short: see below", verdict: .tooLittleEvidence,
            applies: { !$0.shortfalls.isEmpty }),
        Line(condition: "otherwise", verdict: .noMatch, applies: { _ in true }),
    ]

    /// The first line that applies.
    public static func line(for grounds: Grounds) -> Line {
        table.first { $0.applies(grounds) } ?? table[table.count - 1]
    }

    /// Why the verdict is what it is: the condition of its line, or what falls short.
    public static func reasons(for grounds: Grounds) -> [String] {
        let line = line(for: grounds)
        return line.verdict == .tooLittleEvidence ? grounds.shortfalls.map(\.words) : [line.condition]
    }
}
