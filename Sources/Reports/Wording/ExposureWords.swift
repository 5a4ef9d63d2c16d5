import ArtifactModel
import CaseModel
import Primitives

extension ChainStanding {
    /// "FORCEDENTRY (Pegasus, CVE-2021-30860)".
    var nameWords: String { "\(name) (\(([family] + weaknesses).joined(separator: ", ")))" }

    /// How the device stood to it.
    var positionWords: String {
        let fix = fixes.isEmpty ? "" : " of " + fixes.enumerated + (fixedOn.map { " (\($0))" } ?? "")
        return switch position {
        case .olderThanFix:
            fixes.isEmpty
                ? "the release was one of those that it was published for; no source here names a fix"
                : "the release was older than the fix" + fix
        case .fixed: "the release had the fix" + fix
        case .beforePublished: "the release was older than those that it was published for"
        case .unknown: "the recorded releases do not tell whether the device had the fix" + fix
        }
    }
}

extension Exposure {
    /// When: a day, or from one to another.
    var timeWords: String { from.day == to.day ? from.day : "\(from.day) to \(to.day)" }

    /// Which release of the system ran then.
    var versionWords: String {
        switch (lowestVersion, highestVersion) {
        case (let low?, let high?): low == high ? low : "between \(low) and \(high)"
        case (let low?, nil): "\(low) or newer"
        case (nil, let high?): "\(high) or older"
        case (nil, nil): "not recorded"
        }
    }

    /// What comes before every list of what the device held.
    static let introduction =
        "What the device held when the findings happened and could have given away then, as far as the evidence records "
        + "it. This is exposure. It does not say that anything was taken or read by anybody."
}

extension Exposure.Holding {
    /// "person@example.org (Messages, recorded since 2021-02-03)".
    var words: String {
        let parts = [detail, since.map { "recorded since \($0.day)" } ?? "no time recorded"].filter { !$0.isEmpty }
        return subject + " (" + parts.joined(separator: ", ") + ")"
    }
}

extension Exposure.Group {
    /// What is not listed, or that there is nothing; empty if all is listed.
    var restWords: String {
        var parts: [String] = []
        if count == 0 { parts.append("none recorded by then") }
        if count > holdings.count { parts.append("\((count - holdings.count).grouped) more") }
        if later > 0 { parts.append("\(later.grouped) recorded only after that time") }
        return parts.joined(separator: "; ")
    }
}

extension Exposure.Reach {
    /// "Sources say that Pegasus can reach messages, calls and location."
    var words: String {
        guard !items.isEmpty else { return "No source about what \(family) can reach is known here." }
        return "Sources say that \(family), where it runs, can reach \(items.enumerated)."
    }
}
