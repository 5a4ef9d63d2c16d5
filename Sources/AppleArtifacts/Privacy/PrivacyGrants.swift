import ArtifactModel
import FileFormats
import Primitives

/// What each program may use of microphone, camera, contacts and so on, one record a program and permission.
///
/// Times are whole seconds since 1970-01-01T00:00:00Z in `last_modified`, which the oldest releases do not have.
///
/// The codes of `auth_value` and `auth_reason` (iOS 14 and later) were established by Keith Johnson of Rainforest QA from
/// the same database of macOS; before, `allowed` is 0 or 1 and `prompt_count` counts questions.
///
/// Losses: only the latest decision is kept, and a decision does not say that the permission was ever used.
///
/// - SeeAlso: <https://www.rainforestqa.com/blog/macos-tcc-db-deep-dive>
enum PrivacyGrants: Artifact {
    struct Entry: Record {
        var permission: String?
        var client: String?
        var clientType: Int64?
        var authorization: Int64?
        var reason: Int64?
        var allowed: Int64?
        var promptCount: Int64?
        var modified: Timestamp?

        static let fields: [Field<Self>] = [
            Field("permission", text: { $0.permission }, shown: true, "access.service: kTCCServiceMicrophone"),
            Field(
                "client", .observable(Observable(.processName)), text: { $0.client }, shown: true,
                "bundle identifier or absolute path, as stored"),
            Field("client_type", integer: { $0.clientType }, "0 is a bundle identifier, 1 an absolute path"),
            Field("bundle_identifier", .observable(Observable(.applicationIdentifier)), text: { $0.bundleIdentifier }),
            Field("path", .observable(Observable(.filePath)), text: { $0.path }),
            Field("decision", text: { $0.decision }, shown: true, "the word for authorization or allowed"),
            Field("decision_reason", text: { $0.decisionReason }, "the word for authorization_reason"),
            Field("modified", "A permission of a program was decided", moment: { $0.modified }),
            Field("authorization", integer: { $0.authorization }, "access.auth_value, iOS 14 and later"),
            Field("authorization_reason", integer: { $0.reason }, "access.auth_reason, iOS 14 and later"),
            Field("allowed", integer: { $0.allowed }, "access.allowed, before iOS 14"),
            Field("prompt_count", integer: { $0.promptCount }, "how often a person was asked, before iOS 14"),
        ]

        /// The program, if the row says that it names one by its path.
        var path: String? { clientType == 1 || clientType == nil && client?.first == "/" ? client : nil }
        /// The application, if the row says that it names one by its bundle identifier.
        var bundleIdentifier: String? { clientType == 0 || clientType == nil && client?.first != "/" ? client : nil }

        /// The decision in words; absent for a code that nobody has described.
        var decision: String? {
            if let authorization { return ["denied", "unknown", "allowed", "limited"].element(at: authorization) }
            return allowed.flatMap { ["denied", "allowed"].element(at: $0) }
        }

        /// How the decision came about, in words; absent for a code that nobody has described.
        var decisionReason: String? {
            reason.flatMap { code in
                [
                    nil, "error", "user consent", "user set", "system set", "service policy", "MDM policy",
                    "override policy", "missing usage string", "prompt timeout", "preflight unknown", "entitled",
                    "app type policy",
                ].element(at: code) ?? nil
            }
        }
    }

    static let card = ArtifactCard(
        "apple.privacy.privacy-grants", "Privacy grants",
        summary: "Which programs may use the microphone, the camera, contacts, photos and more",
        places: [.home("Library/TCC/TCC.db")],
        standing: .documented,
        losses: [
            "Only the latest decision is kept for each program and permission",
            "A decision does not say that the permission was used",
            "Programs that go around the system's question leave nothing",
        ],
        references: [
            Reference(
                "Rainforest QA", "A deep dive into macOS TCC.db", date: "2021-02-09",
                link: "https://www.rainforestqa.com/blog/macos-tcc-db-deep-dive")
        ])

    static let checks: [Check<Entry>] = [
        Check(
            "recording-outside-applications", .medium,
            "A program outside the folders of applications may use microphone or camera",
            state: .unknown,
            meaning: "The database allows microphone or camera to a program that it names by a path, and that path "
                + "is neither an application's nor on the sealed system volume. Implants of Predator and Pegasus "
                + "were published as programs in such folders.",
            limits: "No published case describes this row itself. It does not show that the program ran, nor that it "
                + "recorded anything.",
            benignCauses: [
                "Developer tools and test programs on a device that is used for development",
                "A jailbreak that its owner installed",
            ],
            nextStep: "Look for the path in the file list, crash reports and network statistics. If nobody can say "
                + "what the program is, keep the backup and ask an expert.",
            references: [
                Reference(
                    "Citizen Lab",
                    "Pegasus vs. Predator: Dissident's Doubly-Infected iPhone Reveals Cytrox Mercenary "
                        + "Spyware", date: "2021-12-16",
                    link: "https://citizenlab.ca/2021/12/"
                        + "pegasus-vs-predator-dissidents-doubly-infected-iphone-reveals-cytrox-mercenary-spyware/"),
                DataUsage.methodology,
            ] + card.references,
            matches: { entry in
                guard let path = entry.path, entry.decision == "allowed" || entry.decision == "limited",
                    ["ktccservicemicrophone", "ktccservicecamera"].contains(entry.permission?.lowercased())
                else { return false }
                return isOutsideApplications(path)
            })
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        let scan = TableScan(
            "access", as: "a",
            columns: [
                "a.service", "a.client", "a.client_type", "a.auth_value", "a.auth_reason", "a.allowed",
                "a.prompt_count", "a.last_modified",
            ], recovering: true)
        try database.scan(scan, note: { sink.note($0) }) { number, row in
            // Zero is what the column holds when nothing was recorded.
            let modified = row.real(7).flatMap { $0 == 0 ? nil : Timestamp(unixSeconds: $0) }
            try sink.emit(
                Entry(
                    permission: row.text(0), client: row.text(1), clientType: row.integer(2),
                    authorization: row.integer(3), reason: row.integer(4), allowed: row.integer(5),
                    promptCount: row.integer(6), modified: modified),
                at: row.location(number, table: "access"))
        }
    }

    /// Where Apple's and installed programs lie: the system volume, which nobody can write to, and the containers.
    private static let homes = [
        "/Applications/", "/System/", "/usr/libexec/", "/usr/bin/", "/usr/sbin/",
        "/private/var/containers/Bundle/Application/", "/private/var/mobile/Containers/Data/Application/",
    ]

    static func isOutsideApplications(_ path: String) -> Bool {
        guard path.hasPrefix("/") else { return false }
        // A path that climbs is judged as being where nobody expects it.
        if path.split(separator: "/").contains("..") { return true }
        let whole = path.hasPrefix("/var/") ? "/private" + path : path
        return !homes.contains { whole.hasPrefix($0) }
    }
}

extension Array {
    /// The element of a stored code, if there is one.
    fileprivate func element(at code: Int64) -> Element? {
        Int(exactly: code).flatMap { indices.contains($0) ? self[$0] : nil }
    }
}
