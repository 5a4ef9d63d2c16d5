import ArtifactModel
import CaseModel
import Primitives

extension Protection {
    /// The parts of the state that say something, for a terminal; the first four always do.
    var shortFacts: [(name: String, words: String)] {
        let isTelling = [profiles.count > 0, management.count > 0, sideloaded.count > 0, notices != nil]
        return Array(facts.prefix(4)) + zip(facts.dropFirst(4), isTelling).filter(\.1).map(\.0)
    }

    /// The state, a name and words for each part.
    var facts: [(name: String, words: String)] {
        [
            ("System", systemWords), ("Published ways in", chainWords), ("Lockdown Mode", lockdownWords),
            ("Restarts", restartWords),
            ("Profiles", Protection.words(profiles, "configuration profile", "configuration profiles")),
            ("Device management", Protection.words(management, "management profile", "management profiles")),
            (
                "Applications from elsewhere",
                Protection.words(
                    sideloaded, "application not from the App Store", "applications not from the App Store")
            ),
            ("Notices of an attack", noticeWords),
        ]
    }

    private var systemWords: String {
        guard let systemVersion else { return "not recorded in the evidence" }
        return systemVersion + (taken.map { " on \($0.day), when the evidence was taken" } ?? "")
    }

    private var chainWords: String {
        guard systemVersion != nil else { return "can't be told without the release of the system" }
        guard !chains.isEmpty else {
            return "the release has the fixes of those that are listed here; others may exist that nobody published"
        }
        return "older than the fix of, or published for: " + chains.map(\.nameWords).enumerated
    }

    private var lockdownWords: String {
        switch lockdownMode {
        case true?: "on when the evidence was taken; since when is not recorded"
        case false?: "off when the evidence was taken"
        case nil: "not recorded in the evidence; it may be on or off"
        }
    }

    private var restartWords: String {
        guard let restarts else {
            return restartsExamined
                ? "none recorded; since iOS 26 the log of restarts begins anew at every start"
                : "not examined: the log of restarts was not in this evidence"
        }
        var parts = ["\(restarts.count.grouped) recorded, the last on \(restarts.last.day)"]
        if let days = restarts.daysSince { parts.append("\(days.of("day", "days")) before the evidence was taken") }
        if let days = restarts.longestDays { parts.append("at most \(days.of("day", "days")) between two of them") }
        return parts.joined(separator: ", ")
    }

    private var noticeWords: String {
        guard let notices else { return "none found in the messages that were examined" }
        let time = notices.first.map { ", the first on \($0.day)" } ?? ""
        return "\(notices.count.of("message reads", "messages read")) like Apple’s notice\(time); only the page of the "
            + "account shows whether it is genuine"
    }

    private static func words(_ installations: Installations, _ one: String, _ several: String) -> String {
        guard installations.count > 0 else { return "none recorded" }
        let names = installations.listed.prefix(5).map { installation in
            installation.identifier + (installation.detail.isEmpty ? "" : " (\(installation.detail))")
        }
        let rest = installations.count - names.count
        return installations.count.of(one, several) + ": " + names.joined(separator: ", ")
            + (rest > 0 ? " and \(rest.grouped) more" : "")
    }

    /// What follows from the state, in the order that keeps evidence: first what preserves, last what changes.
    var steps: [String] {
        var steps: [String] = []
        if notices != nil {
            steps.append(
                "Let the owner sign in to the page of their Apple account, by typing the address that they know, and "
                    + "look for a notice at its top. Follow no link in a message.")
        }
        steps.append(
            "Before anything is changed: a full backup with a password, then a sysdiagnose. An update, a reset, and "
                + "since iOS 26 a restart, remove traces.")
        steps.append(
            "Ask a helpline before changing anything: \(Advice.helpers.enumerated). Look for the names from another "
                + "device.")
        if management.count > 0 || profiles.count > 0 {
            steps.append(
                "Ask who installed the profiles, and let them be looked at before one is removed: removing one removes "
                    + "what it says.")
        }
        if sideloaded.count > 0 {
            steps.append("Ask the owner about the applications that did not come from the App Store; remove none yet.")
        }
        if lockdownMode != true { steps.append("Then: turn on Lockdown Mode.") }
        steps.append(
            chains.isEmpty
                ? "Then: install the newest release of the system."
                : "Then: install the newest release of the system; this one is open to ways in that were published.")
        steps.append(
            "From then on: restart the device once a day. Much spyware does not outlive a restart, but it can come back "
                + "without a sign.")
        return steps
    }
}
