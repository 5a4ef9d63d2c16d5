import ArtifactModel
import FileFormats
import Primitives

/// Who manages the device: its enrolment with a management server and the configuration of an organisation.
///
/// `MDM.plist` is the enrolment, `CloudConfigurationDetails.plist` what an organisation set when the device was prepared
/// (supervision). The device manages itself where neither is there.
///
/// Losses: an enrolment that was removed is not there; what the server ordered is in no file of this kind; no times.
///
/// - SeeAlso: <https://developer.apple.com/documentation/devicemanagement/mdm>
enum DeviceManagement: Artifact {
    struct Entry: Record {
        var kind: String
        var serverURL: String?
        var checkInURL: String?
        var configurationURL: String?
        var profileIdentifier: String?
        var topic: String?
        var accessRights: Int64?
        var organisation: String?
        var isSupervised: Bool?
        var isMandatory: Bool?
        var isUnremovable: Bool?
        var allowsPairing: Bool?
        var source: Int64?
        var links: [String]
        var contents: Value

        static let fields: [Field<Self>] = [
            Field("management_type", text: { $0.kind }, shown: true, "enrolment or preparation"),
            Field(
                "server_url", .observable(Observable(.url, .contacted)), text: { $0.serverURL }, shown: true,
                "the management server"),
            Field("check_in_url", .observable(Observable(.url, .contacted)), text: { $0.checkInURL }),
            Field(
                "configuration_url", .observable(Observable(.url, .contacted)), text: { $0.configurationURL },
                "where the device was told to enrol"),
            Field(
                "profile_identifier", .observable(Observable(.profileIdentifier, .installed)),
                text: { $0.profileIdentifier }, "the profile that manages the device"),
            Field("topic", text: { $0.topic }, "the certificate of the server for push messages"),
            Field(
                "access_rights", integer: { $0.accessRights },
                "sum of rights, as Apple lists under AccessRights; 8191 are all"),
            Field("organisation", text: { $0.organisation }, shown: true, "who the author of the profile says to be"),
            Field("is_supervised", truth: { $0.isSupervised }, shown: true),
            Field("is_mandatory", truth: { $0.isMandatory }, "whether the enrolment could not be skipped"),
            Field("removal_disallowed", truth: { $0.isUnremovable }, "whether its owner can't remove it"),
            Field("allows_pairing", truth: { $0.allowsPairing }, "whether it can be joined to any computer"),
            Field("configuration_source", integer: { $0.source }, "as stored, not decoded"),
            Field(
                "links", .observable(Observable(.url, .contacted)), texts: { $0.links }, "web addresses anywhere in it"),
            Field("contents", nested: { $0.contents }, "the whole file"),
        ]
    }

    static let card = ArtifactCard(
        "apple.profiles.device-management", "Device management",
        summary: "Enrolment with a management server, and supervision by an organisation",
        places: [
            .device(ConfigurationProfiles.folder + "MDM.plist"),
            .device(ConfigurationProfiles.folder + "CloudConfigurationDetails.plist"),
            .home("Library/ConfigurationProfiles/MDM.plist"),
            .home("Library/ConfigurationProfiles/CloudConfigurationDetails.plist"),
        ],
        standing: .documented,
        losses: [
            "An enrolment that was removed is not there", "What the server ordered is not recorded here",
            "There are no times", "A device that is not managed may have the second file all the same",
        ],
        references: [
            Reference(
                "Apple", "Device management: the MDM payload",
                link: "https://developer.apple.com/documentation/devicemanagement/mdm"),
            Reference(
                "Apple", "Device management", link: "https://developer.apple.com/documentation/devicemanagement"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
        let addresses = ProfileAddresses(of: list)
        try sink.emit(
            Entry(
                kind: file.name == "MDM.plist" ? "enrolment" : "preparation",
                serverURL: list.text("ServerURL", noting: &sink), checkInURL: list.text("CheckInURL", noting: &sink),
                configurationURL: list.text("ConfigurationURL", noting: &sink),
                profileIdentifier: list.text("ManagingProfileIdentifier", noting: &sink),
                topic: list.text("Topic", noting: &sink), accessRights: list.integer("AccessRights", noting: &sink),
                organisation: list.text("OrganizationName", noting: &sink),
                isSupervised: list.truth("IsSupervised", noting: &sink),
                isMandatory: list.truth("IsMandatory", noting: &sink),
                isUnremovable: list.truth("IsMDMUnremovable", noting: &sink),
                allowsPairing: list.truth("AllowPairing", noting: &sink),
                source: list.integer("ConfigurationSource", noting: &sink), links: addresses.links,
                contents: list.value),
            at: .key(file.name))
    }
}
