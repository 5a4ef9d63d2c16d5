import ArtifactModel
import CaseModel
import Primitives

extension Severity {
    /// The word as a heading has it.
    var heading: String { word.prefix(1).uppercased() + word.dropFirst() }

    /// What the word stands for.
    var definition: String {
        switch self {
        case .informational: "Worth knowing. Seen on ordinary devices."
        case .low: "Seldom on ordinary devices."
        case .medium: "Needs an explanation."
        case .high: "Published as a trace of spyware, or not known from ordinary devices."
        case .critical: "Published as a trace of spyware that was on a device."
        }
    }
}

extension Observable.State {
    /// What kind of trace the record is, and no more: "it ran" beside the name of a spyware would say that this ran.
    var words: String {
        switch self {
        case .visited: "something that a person or a page opened"
        case .contacted: "something that the device exchanged data with"
        case .attempted: "something that reached the device from outside; whether anything came of it is not recorded"
        case .mentioned: "something that a record names; whether it was used or reached the device is not recorded"
        case .installed: "something that was put on the device"
        case .ran: "something that ran on the device"
        case .unknown: "the record does not say what came of it"
        }
    }
}

extension Coverage.Status {
    /// What came of the reading.
    var words: String {
        switch self {
        case .read: "Read to its end"
        case .absent: "Not in this evidence"
        case .damaged: "Read, with damaged parts left out"
        case .stopped: "Reading ended early"
        case .notApplicable: "Never held by this kind of evidence"
        }
    }
}

extension Verdict {
    /// Limits that hold whatever the verdict is.
    static let limits = [
        "Only an expert who looks at the evidence can confirm that spyware was on a device.",
        "No result of any tool shows that a device was never attacked.",
        "A name of a spyware family in this report says under which name a trace was published. It does not say who "
            + "used it, nor on whose behalf.",
    ]
}

extension EvidenceSummary {
    /// The kind of evidence for people.
    var kindWords: String {
        switch kind {
        case "ios-backup":
            isEncrypted ? "Backup of an iPhone or iPad, encrypted" : "Backup of an iPhone or iPad, not encrypted"
        case "ios-filesystem": "File system of an iPhone or iPad"
        default: kind + (isEncrypted ? ", encrypted" : "")
        }
    }

    /// The device in one line: name, model, system.
    var deviceWords: String {
        var parts: [String] = []
        if let name = device.name { parts.append("“" + name + "”") }
        if let productType = device.productType { parts.append(productType) }
        if let version = device.osVersion {
            parts.append("version " + version + (device.osBuild.map { " (" + $0 + ")" } ?? ""))
        } else if let build = device.osBuild {
            parts.append("build " + build)
        }
        return parts.isEmpty ? "not described by the evidence" : parts.joined(separator: ", ")
    }
}

extension CaseReport {
    /// "3 findings: 1 critical and 2 medium", "1 critical finding".
    var countWords: String {
        let parts = Severity.allCases.reversed().compactMap { severity -> String? in
            guard let count = counts[severity], count > 0 else { return nil }
            return count.grouped + " " + severity.word
        }
        guard !parts.isEmpty else { return "No findings" }
        guard parts.count > 1 else { return parts[0] + (findingCount == 1 ? " finding" : " findings") }
        return findingCount.of("finding", "findings") + ": " + parts.enumerated
    }

    /// How many findings are counted and not in the list.
    var unlistedFindings: Int { max(0, findingCount - findings.count) }
}

extension CaseReport {
    /// Why the verdict is what it is: a sentence for the line of its table, or for each thing that falls short.
    var reasonWords: [String] {
        switch verdict {
        case .tooLittleEvidence: verdictReasons
        case .noMatch:
            ["No indicator matched, no check or rule of weight did, and nothing falls short in what was examined."]
        case .confirmed, .strongMatch, .suspicious, .attemptOrContact:
            verdictReasons.map { "It follows from this line of the table of verdicts: \($0)." }
        }
    }

    /// What people said that bears on the verdict.
    var annotationWords: [String] {
        var words = annotations.findings.compactMap { annotations.standing(of: $0).confirmation }.prefix(20).map {
            $0.words + " (finding \($0.finding))"
        }
        if suppressedCount > 0 {
            words.append(
                suppressedCount.of("finding is", "findings are")
                    + " suppressed by a person and not counted; they are listed below.")
        }
        let disputed = annotations.findings.count { !annotations.standing(of: $0).disputes.isEmpty }
        if disputed > 0 { words.append(disputed.of("finding is", "findings are") + " disputed and counted.") }
        if let verdictWithoutAnnotations {
            words.append("Without what people said the verdict is: \(verdictWithoutAnnotations.headline).")
        }
        return words
    }
}

extension Coverage {
    /// How many artefacts came to the status.
    func count(of status: Status) -> Int { artifacts.count { $0.status == status } }

    /// "12 of the 40 kinds of record that Bridle knows were in this evidence; 2 of them were damaged …".
    var words: String {
        let present = artifacts.count - count(of: .absent) - count(of: .notApplicable)
        var text =
            "Of the \(artifacts.count.of("kind", "kinds")) of record that Bridle knows, \(present.grouped) "
            + (present == 1 ? "was" : "were") + " found in this evidence"
        var parts: [String] = []
        if count(of: .read) > 0 { parts.append("\(count(of: .read).grouped) read to the end") }
        if count(of: .damaged) > 0 { parts.append("\(count(of: .damaged).grouped) read with damaged parts left out") }
        if count(of: .stopped) > 0 { parts.append("\(count(of: .stopped).grouped) not read to the end") }
        if !parts.isEmpty { text += ": " + parts.enumerated }
        text += "."
        if count(of: .absent) > 0 {
            text +=
                " \(count(of: .absent).grouped) could be there and " + (count(of: .absent) == 1 ? "is" : "are")
                + " not."
        }
        if count(of: .notApplicable) > 0 {
            text +=
                " \(count(of: .notApplicable).grouped) " + (count(of: .notApplicable) == 1 ? "is" : "are")
                + " never held by this kind of evidence."
        }
        return text
    }

    /// "89 of 2,887 published indicators could have matched on this evidence."
    var comparisonWords: String {
        let known = families.reduce(0) { $0 + $1.indicators }
        let comparable = families.reduce(0) { $0 + $1.comparableIndicators }
        guard known > 0 else {
            return "No published indicators were loaded; only the checks that come with Bridle were applied."
        }
        return
            "\(comparable.grouped) of \(known.of("published indicator", "published indicators")) could have matched on this evidence."
    }
}
