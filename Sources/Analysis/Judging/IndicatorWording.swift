import ArtifactModel
import CaseModel
import Indicators
import Primitives

/// The words of a finding that a published indicator caused.
///
/// They depend on what a record of this field shows, and say that much: a visit is not an installation.
enum IndicatorWording {
    static func severity(_ state: Observable.State, _ kind: Indicator.Kind) -> Severity {
        switch state {
        case .ran, .installed: .critical
        case .visited, .contacted, .attempted, .mentioned: .high
        case .unknown:
            switch kind {
            case .filePath, .fileHashMD5, .fileHashSHA1, .fileHashSHA256, .fileHashSHA512, .processName,
                .profileIdentifier, .applicationIdentifier:
                .critical
            default: .high
            }
        }
    }

    static func title(_ match: IndicatorMatch, _ state: Observable.State, _ artifact: String) -> String {
        let family = match.indicator.family.map { "published for \($0)" } ?? "published as an indicator"
        let thing = noun(match.indicator.kind)
        return switch state {
        case .visited: "A visit to a \(thing) \(family)"
        case .contacted: "A contact with a \(thing) \(family)"
        case .attempted: "A \(thing) \(family) reached the device: \(artifact)"
        case .mentioned: "A \(thing) \(family) is named in: \(artifact)"
        case .installed: "A \(thing) \(family) was put on the device"
        case .ran: "A \(thing) \(family) is recorded as running"
        case .unknown: "A \(thing) \(family) appears in: \(artifact)"
        }
    }

    static func meaning(_ match: IndicatorMatch, _ state: Observable.State, _ artifact: String) -> String {
        let publisher = match.indicator.family.map { " as a trace of \($0)" } ?? ""
        return "\(artifact) \(shows(state)): \(match.observed). The value \(match.indicator.value) was published"
            + "\(publisher) in \(match.indicator.source)" + how(match) + "."
            + publication(match.indicator.marking, match.indicator.validUntil)
    }

    /// What a record says of a value in a field of this state.
    static func shows(_ state: Observable.State) -> String {
        switch state {
        case .visited: "records that a page of it was opened"
        case .contacted: "records that data was exchanged with it"
        case .attempted: "records that it reached the device in or as a message, a call or a file"
        case .mentioned: "records that it was named, in an entry, a list or a look-up"
        case .installed: "records that it was put on the device"
        case .ran: "records that a process of this name was active"
        case .unknown: "contains it"
        }
    }

    /// How far the publisher lets an indicator be passed on, and until when the publisher held it to be valid.
    static func publication(_ marking: String?, _ validUntil: Timestamp?) -> String {
        var text = ""
        if let marking { text += " Its publisher marked it \(marking)." }
        if let validUntil { text += " Its publisher held it to be valid until \(validUntil)." }
        return text
    }

    static func limits(_ state: Observable.State) -> String {
        switch state {
        case .visited:
            "It does not show that anything was delivered, installed or ran, nor who sent the person there. Researchers "
                + "and journalists visit such sites to study them."
        case .contacted:
            "It does not show what was exchanged, nor that anything was installed or ran."
        case .attempted:
            "It does not show that the person opened it, nor that anything was installed or ran."
        case .mentioned:
            "It does not show that it was opened or used, who brought it there, nor that anything was installed or ran."
        case .installed:
            "It does not show that it ran, nor what it did."
        case .ran:
            "The name of a process is a weak identity: other programs may have the same. It does not show what the "
                + "process did, nor who put it there."
        case .unknown:
            "It does not show how the value came there, nor that anything ran."
        }
    }

    static func benignCauses(_ match: IndicatorMatch, _ state: Observable.State) -> [String] {
        var causes: [String]
        switch match.indicator.kind {
        case .domainName, .url, .ipv4Address, .ipv6Address:
            causes = [
                "Reading about the spyware, or checking a suspicious link",
                "The name or address has a new owner since it was published",
            ]
        case .processName: causes = ["A program of another maker with the same name"]
        case .emailAddress: causes = ["The account was taken over, or is also used for something else"]
        case .filePath, .fileName: causes = ["A file of the system or of an application with the same name"]
        default: causes = ["None is published; the publisher may have erred"]
        }
        if match.manner == .truncated {
            causes.append("The store keeps 16 characters of a name: longer names that begin alike look the same")
        }
        // What is known of the value itself: a stock program, a shortened link, further publications.
        causes += match.cautions.map { String($0.dropLast()) }
        return causes
    }

    static func nextStep(_ state: Observable.State) -> String {
        switch state {
        case .ran, .installed, .unknown:
            "Do not reset, update or delete anything. Keep this evidence and its copy, and ask an expert to look at it "
                + "today."
        case .visited, .contacted, .attempted, .mentioned:
            "Do not open it again. Keep this evidence, and ask an expert what happened on the device around this time."
        }
    }

    static func how(_ match: IndicatorMatch) -> String {
        switch match.manner {
        case .exact, .urlExact: ""
        case .subdomain: "; what was found lies below that domain"
        case .network: "; what was found is an address in that network"
        case .pathPrefix: "; what was found lies below that path"
        case .pathEnding: "; what was found ends with that path"
        case .pathPattern: "; what was found agrees with that pattern"
        case .fileName: "; the file has that name"
        case .truncated: "; what was found are its first 16 characters"
        case .digits: "; what was found has the same digits, and may lack its country code"
        case .urlNormalised: "; what was found is the same link in another notation"
        }
    }

    static func noun(_ kind: Indicator.Kind) -> String {
        switch kind {
        case .domainName: "domain"
        case .ipv4Address, .ipv6Address: "network address"
        case .url: "link"
        case .processName: "process name"
        case .emailAddress: "mail address"
        case .phoneNumber: "telephone number"
        case .fileName: "file name"
        case .filePath: "file path"
        case .fileHashMD5, .fileHashSHA1, .fileHashSHA256, .fileHashSHA512: "file hash"
        case .certificateHash: "signing certificate"
        case .applicationIdentifier: "bundle identifier"
        case .profileIdentifier: "profile identifier"
        case .androidProperty: "system property"
        }
    }
}
