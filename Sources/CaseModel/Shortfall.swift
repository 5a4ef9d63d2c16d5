import ArtifactModel
public import Primitives

/// Why what was examined is too little for "no match" to say anything.
///
/// Spyware is seen in two ways: by what ran on the device or was put there, and by what reached it. Evidence that can
/// show only one of them, or neither, or only a few days, leaves the question open.
public enum Shortfall: String, Sendable, Hashable, CaseIterable {
    /// Nothing that names programs, applications or profiles was read.
    case noPrograms = "no-programs"
    /// Nothing that names links, accounts or sites was read.
    case noContacts = "no-contacts"
    /// Too few artefacts gave records.
    case fewArtifacts = "few-artifacts"
    /// The records reach back over a few days only.
    case shortReach = "short-reach"
    /// More artefacts ended early than were read to their end.
    case mostlyStopped = "mostly-stopped"
    /// The run was interrupted.
    case interrupted

    /// How many artefacts must have given records.
    public static let artifactsNeeded = 3
    /// How many days the records of one artefact at least must reach back, before the evidence was taken or before the
    /// last record.
    public static let daysNeeded = 7

    /// The reason as a sentence.
    public var words: String {
        switch self {
        case .noPrograms:
            "No record was read that names what ran on the device or was installed on it, so spyware on the device could "
                + "not have been seen."
        case .noContacts:
            "No record was read that names links, accounts or sites, so an attempt or a contact could not have been "
                + "seen."
        case .fewArtifacts: "Fewer than \(Shortfall.artifactsNeeded) kinds of record held anything."
        case .shortReach:
            "No kind of record reaches back over \(Shortfall.daysNeeded) days or more, so what happened before could "
                + "not have been seen."
        case .mostlyStopped: "Most of the kinds of record that were there could not be read to their end."
        case .interrupted: "The check was ended before everything was read."
        }
    }
}

extension Coverage {
    /// What falls short in what was examined, in the order of ``Shortfall/allCases``.
    ///
    /// Only artefacts that gave records count. How far back they reach is measured up to the moment at which the
    /// evidence was taken, if that is known: events of the future, which calendars hold, reach nowhere back.
    public func shortfalls(taken: Timestamp?, isComplete: Bool) -> [Shortfall] {
        let examined = artifacts.filter { $0.records > 0 }
        let states = Set(examined.flatMap(\.shows))
        let stopped = artifacts.count { $0.status == .stopped }
        let isReaching = examined.contains { artifact in
            guard let reach = artifact.reach else { return false }
            let end = min(reach.upperBound, taken ?? reach.upperBound)
            return end.seconds(since: reach.lowerBound) >= Double(Shortfall.daysNeeded * 86_400)
        }
        return Shortfall.allCases.filter { shortfall in
            switch shortfall {
            case .noPrograms: states.isDisjoint(with: [.installed, .ran, .unknown])
            case .noContacts: states.isDisjoint(with: [.visited, .contacted, .attempted, .mentioned])
            case .fewArtifacts: examined.count < Shortfall.artifactsNeeded
            case .shortReach: !isReaching
            case .mostlyStopped: stopped * 2 > artifacts.count { !$0.files.isEmpty }
            case .interrupted: !isComplete
            }
        }
    }
}
