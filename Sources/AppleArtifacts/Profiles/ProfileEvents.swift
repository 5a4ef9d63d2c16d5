import ArtifactModel
import FileFormats
import Primitives

/// What was done to configuration profiles, by which process, and when: one record an event.
///
/// Times are dates in UTC, by the device's clock.
///
/// Losses: it is not documented how long events are kept.
///
/// - SeeAlso: <https://docs.mvt.re/en/latest/ios/records/>
enum ProfileEvents: Artifact {
    struct Entry: Record {
        var profileIdentifier: String
        var occurred: Timestamp?
        var operation: String?
        var process: String?
        var details: Value = .absent

        static let fields: [Field<Self>] = [
            Field(
                "profile_identifier", .observable(Observable(.profileIdentifier, .unknown)),
                text: { $0.profileIdentifier }, shown: true, "the profile that the event is about"),
            Field("occurred", "A configuration profile was installed, changed or removed", moment: { $0.occurred }),
            Field("operation", text: { $0.operation }, shown: true, "what was done, in the device's words"),
            Field(
                "process", .observable(Observable(.processName, .ran)), text: { $0.process }, shown: true,
                "what did it"),
            Field("details", nested: { $0.details }, "whatever else the event says"),
        ]
    }

    static let card = ArtifactCard(
        "apple.profiles.profile-events", "Configuration profile events",
        summary: "Installations, changes and removals of configuration profiles, and the process that did them",
        places: [
            .device(ConfigurationProfiles.folder + "MCProfileEvents.plist"),
            .home("Library/ConfigurationProfiles/MCProfileEvents.plist"),
        ],
        standing: .documented,
        losses: [
            "It is not documented how long events are kept",
            "The content of a profile that was removed is not there",
        ],
        references: [
            Reference(
                "MVT Project", "Records extracted by mvt-ios", link: "https://docs.mvt.re/en/latest/ios/records/")
        ])

    static let checks: [Check<Entry>] = [
        Check(
            "profile-operation", .informational, "A configuration profile was installed, changed or removed",
            meaning: "The device recorded an operation on a configuration profile. Profiles change settings, trust and "
                + "the way of the traffic, so their history is worth reading.",
            limits: "It does not show what the profile held, nor who asked for it.",
            benignCauses: [
                "Devices of an employer or a school get and renew profiles all the time",
                "Mobile operators, VPN applications, eduroam and beta programmes install profiles",
            ],
            nextStep: "Ask the owner which profiles they expect. Look for the profile among those that are installed.",
            references: card.references,
            matches: { _ in true })
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard let events = list["ProfileEvents"]?.list else {
            throw ParseError(.malformed, "a list named ProfileEvents")
        }
        for (index, event) in events.enumerated() {
            let path = "ProfileEvents, event \(index)"
            guard !event.members.isEmpty else {
                sink.note(ParseError(.malformed, "a dictionary with a profile's identifier", in: path))
                continue
            }
            for profile in event.members {
                guard profile.value.dictionary != nil else {
                    sink.note(ParseError(.malformed, "a dictionary under the profile's identifier", in: path))
                    continue
                }
                let entry = entry(profile.name, profile.value, in: path, noting: &sink)
                try sink.emit(entry, at: .key("ProfileEvents/\(index)/\(profile.name)"))
            }
        }
    }

    /// Reads one event; the spelling of its names in capitals or not differs between releases.
    private static func entry(
        _ profile: String, _ event: PropertyList, in path: String, noting sink: inout some RecordSink
    ) -> Entry {
        var known: [String: PropertyList] = [:]
        var rest: [NamedValue] = []
        for member in event.members {
            let name = member.name.lowercased()
            if ["timestamp", "operation", "process"].contains(name), known[name] == nil {
                known[name] = member.value
            } else {
                rest.append(NamedValue(member.name, member.value.value))
            }
        }
        let members = PropertyList.dictionary(known)
        return Entry(
            profileIdentifier: profile, occurred: members.moment("timestamp", in: path, noting: &sink),
            operation: members.text("operation", in: path, noting: &sink),
            process: members.text("process", in: path, noting: &sink), details: rest.isEmpty ? .absent : .table(rest))
    }
}
