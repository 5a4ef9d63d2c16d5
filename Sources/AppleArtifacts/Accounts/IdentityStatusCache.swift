import ArtifactModel
import FileFormats
import Primitives

/// The accounts that the device looked up at Apple's identity service, one record for each service and account.
///
/// `LookupDate` is in seconds since 2001-01-01T00:00:00Z, as a number or a date; zero means not set. `ValidExpiry` is a
/// number of seconds. Below each service the keys are `mailto:`, `tel:` and `urn:` addresses.
///
/// Losses: only the latest look-up of an account is kept, and backups of iOS 14.7 and later hold no entries.
///
/// - SeeAlso: <https://www.amnesty.org/en/latest/research/2021/07/forensic-methodology-report-how-to-catch-nso-groups-pegasus/>
enum IdentityStatusCache: Artifact {
    struct Entry: Record {
        var account: String
        var service: String
        var lookedUp: Timestamp?
        var status: Int64?
        var validSeconds: Double?
        var occurrences: Int64
        var nullBytes: Int64

        static let fields: [Field<Self>] = [
            Field(
                "account", .observable(Observable(.account, .mentioned, .lookedUp)), text: { $0.account }, shown: true,
                "without mailto: and tel:, quotation marks and null bytes"),
            Field("service", text: { $0.service }, shown: true, "the service that asked: com.apple.madrid is iMessage"),
            Field("looked_up", "The device looked up an account", moment: { $0.lookedUp }),
            Field("status", integer: { $0.status }, "IDStatus as stored"),
            Field("valid_seconds", real: { $0.validSeconds }, "ValidExpiry: seconds"),
            Field("occurrences", integer: { $0.occurrences }, "services of this file that looked up the same account"),
            Field("null_bytes", integer: { $0.nullBytes }, "null bytes inside the stored key"),
        ]
    }

    static let card = ArtifactCard(
        "apple.accounts.identity-status-cache", "Identity look-ups",
        summary: "Accounts that the device looked up before talking to them, by service",
        places: [
            .home("Library/Preferences/com.apple.identityservices.idstatuscache.plist"),
            .home("Library/IdentityServices/idstatuscache.plist"),
            .device("/private/var/root/Library/Preferences/com.apple.identityservices.idstatuscache.plist"),
        ],
        standing: .observed(["a file that a device wrote in 2021"]),
        losses: [
            "Only the latest look-up of an account is kept for each service",
            "Backups of iOS 14.7 and later hold no entries", "It does not say which side began",
        ],
        references: [DataUsage.methodology])

    static let checks: [Check<Entry>] = [
        Check(
            "null-bytes-in-account", .high, "An account was looked up under a name with null bytes",
            family: "Pegasus", state: .mentioned,
            meaning: "The name of an account holds null bytes, which no address can have. Names of this form were "
                + "published as traces of accounts that delivered Pegasus over iMessage.",
            limits: "It does not show whether a message came of it, nor what that message held.",
            benignCauses: ["None is published; a damaged file can show the same"],
            nextStep: "Keep the backup. Look for messages, crash reports and network use near the time of the "
                + "look-up, and ask an expert.",
            references: card.references,
            matches: { $0.nullBytes > 0 })
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try PropertyList(parsing: file.open().bytes())
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary of services") }
        let services = list.members.enumerated().filter { $0.element.name != "CacheVersion" }
        var occurrences: [String: Int64] = [:]
        for (_, service) in services {
            for name in service.value.dictionary.map({ Array($0.keys) }) ?? [] {
                occurrences[account(name), default: 0] += 1
            }
        }
        for (number, service) in services {
            guard service.value.dictionary != nil else {
                sink.note(ParseError(.malformed, "a dictionary of accounts", in: "service \(number + 1)"))
                continue
            }
            for (index, member) in service.value.members.enumerated() {
                let values = member.value
                if values.dictionary == nil {
                    sink.note(
                        ParseError(
                            .malformed, "a dictionary with LookupDate and IDStatus",
                            in: "service \(number + 1), account \(index + 1)"))
                }
                let account = account(member.name)
                try sink.emit(
                    Entry(
                        account: account, service: service.name, lookedUp: moment(values["LookupDate"]),
                        status: values["IDStatus"]?.integer, validSeconds: values["ValidExpiry"]?.real,
                        occurrences: occurrences[account] ?? 1,
                        nullBytes: Int64(member.name.utf8.count { $0 == 0 })),
                    at: .key(service.name + "/" + member.name))
            }
        }
    }

    private static func moment(_ value: PropertyList?) -> Timestamp? {
        value?.moment ?? value?.real.flatMap(Timestamp.init(cocoaSeconds:))
    }

    /// The address in a key: what an indicator is compared with, so without the padding that was seen around it.
    static func account(_ key: String) -> String {
        var text = Substring(String(decoding: key.utf8.filter { $0 != 0 }, as: UTF8.self))
        if let scheme = ["mailto:", "tel:"].first(where: { text.lowercased().hasPrefix($0) }) {
            text = text.dropFirst(scheme.count)
        }
        while let first = text.first, "'\"".contains(first) { text.removeFirst() }
        while let last = text.last, "'\"".contains(last) { text.removeLast() }
        return text.isEmpty ? key : String(text)
    }
}
