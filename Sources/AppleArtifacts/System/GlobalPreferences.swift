import ArtifactModel
import FileFormats
import Primitives

/// The preferences that hold for the whole system, one record a preference: languages, region, Lockdown Mode.
///
/// Losses: the file says what holds now, not since when; a preference that was never changed is not in it.
///
/// - SeeAlso: <https://support.apple.com/en-us/105120>
enum GlobalPreferences: Artifact {
    struct Entry: Record {
        var key: String
        var value: PropertyList

        static let fields: [Field<Self>] = [
            Field("preference", text: { $0.key }, shown: true, "the key: LDMGlobalEnabled is Lockdown Mode"),
            Field("meaning", text: { $0.meaning }, shown: true, "what the preference is, for those that are known"),
            Field("setting", text: { $0.words }, shown: true, "the value in words, if it is not nested"),
            Field("contents", nested: { $0.value.value }, "the value as stored"),
        ]

        /// What is known of some keys; the names are Apple's own.
        var meaning: String? {
            switch key {
            case GlobalPreferences.lockdownMode: "Lockdown Mode"
            case "AppleLanguages": "languages in the order of preference"
            case "AppleLocale": "region and its formats"
            case "AppleKeyboards": "keyboards"
            case "AppleICUForce24HourTime": "clock with 24 hours"
            case "AppleTemperatureUnit": "unit of temperature"
            case "PKKeychainVersionKey": "version of the keychain format"
            default: nil
            }
        }

        /// A value that is no list or dictionary of other things, in words.
        var words: String? {
            switch value {
            case .text(let text): text
            case .truth(let truth): truth ? "true" : "false"
            case .integer(let number): "\(number)"
            case .real(let number): "\(number)"
            case .moment(let moment): moment.description
            case .list(let values):
                values.allSatisfy { $0.text != nil } ? values.compactMap(\.text).joined(separator: ", ") : nil
            default: nil
            }
        }

        /// Whether Lockdown Mode is on; nothing if the record is about something else.
        var lockdownMode: Bool? { key == GlobalPreferences.lockdownMode ? value.truth : nil }
    }

    static let lockdownMode = "LDMGlobalEnabled"

    static let card = ArtifactCard(
        "apple.system.global-preferences", "Global preferences",
        summary: "Preferences of the whole system: languages, region and Lockdown Mode",
        places: [.home("Library/Preferences/.GlobalPreferences.plist")],
        standing: .documented,
        losses: [
            "It says what holds now, not since when",
            "A preference that was never changed is not in it: without an entry Lockdown Mode may be on or off",
        ],
        references: [
            Reference("Apple", "About Lockdown Mode", link: "https://support.apple.com/en-us/105120"),
            Reference(
                "MVT Project", "Records extracted by mvt-ios", link: "https://docs.mvt.re/en/latest/ios/records/"),
        ])

    static let checks: [Check<Entry>] = [
        Check(
            "lockdown-mode-on", .informational, "Lockdown Mode is on",
            meaning:
                "The preference of Lockdown Mode is true: the device refuses much of what was used to attack others.",
            limits: "It does not show since when, nor that it was on at an earlier time.",
            benignCauses: ["A person turned it on"],
            nextStep: "Leave it on. Ask the owner when and why it was turned on.",
            references: card.references,
            matches: { $0.lockdownMode == true }),
        Check(
            "lockdown-mode-off", .low, "Lockdown Mode is off",
            meaning:
                "The preference of Lockdown Mode is there, and false: it was turned off, or it was never turned on.",
            limits: "It is no trace of an attack. It does not show who set it, nor when.",
            benignCauses: [
                "Most people do not use Lockdown Mode", "It was turned off because a page or an application needed it",
            ],
            nextStep:
                "If the owner turned it on and nobody turned it off, ask an expert. People at risk should turn it "
                + "on.",
            references: card.references,
            matches: { $0.lockdownMode == false }),
    ]

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary of preferences") }
        for member in list.members {
            if member.name == lockdownMode, member.value.truth == nil {
                sink.note(ParseError(.malformed, "true or false", in: lockdownMode))
            }
            try sink.emit(Entry(key: member.name, value: member.value), at: .key(member.name))
        }
    }
}
