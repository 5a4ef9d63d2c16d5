import ArtifactModel
import FileFormats
import Primitives

/// The VPN, content filter, DNS and relay configurations of applications and profiles, one record a configuration.
///
/// The file is a keyed archive of objects of Apple's NetworkExtension framework. What the objects are is documented, what
/// their members are called in the archive is not: so members are found by names that do not mind case and separators,
/// and the whole of each configuration is kept.
///
/// Losses: passwords and certificates are references to the keychain; a removed configuration leaves nothing; the file has
/// no times.
///
/// - SeeAlso: <https://developer.apple.com/documentation/networkextension>
enum NetworkExtensions: Artifact {
    struct Entry: Record {
        var key: String
        var name: String?
        var application: String?
        var bundleIdentifiers: [String]
        var kinds: [String]
        var hosts: [String]
        var links: [String]
        var isEnabled: Bool?
        var contents: Value

        static let fields: [Field<Self>] = [
            Field("uuid", text: { $0.key }, "the name that the configuration is archived under"),
            Field("service_name", text: { $0.name }, shown: true, "the name that Settings shows"),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.application }, shown: true, "the application that owns it"),
            Field(
                "bundle_identifiers", .observable(Observable(.applicationIdentifier, .installed)),
                texts: { $0.bundleIdentifiers }, "every application and provider that it names"),
            Field(
                "configuration_types", texts: { $0.kinds }, shown: true,
                "classes of the framework that it is made of: NEVPN, NEContentFilter, NEDNSProxy…"),
            Field(
                "hosts", .observable(Observable(.hostName, .attempted)), texts: { $0.hosts }, shown: true,
                "servers that it names"),
            Field(
                "links", .observable(Observable(.url, .attempted)), texts: { $0.links }, "web addresses anywhere in it"),
            Field("is_enabled", truth: { $0.isEnabled }),
            Field("contents", nested: { $0.contents }, "the whole configuration"),
        ]
    }

    static let card = ArtifactCard(
        "apple.network.network-extensions", "VPN and filter configurations",
        summary: "VPN, content filters, DNS proxies and relays that applications and profiles set up",
        places: [.device("/private/var/preferences/com.apple.networkextension.plist")],
        standing: .unexercised,
        losses: [
            "Apple does not document the names of the archive's members; those of a release may be missed",
            "Passwords and certificates are references to the keychain", "A removed configuration leaves nothing",
            "There are no times",
        ],
        references: [
            Reference(
                "Apple", "Network Extension", link: "https://developer.apple.com/documentation/networkextension"),
            Reference(
                "EC-DIGIT-CSIRC", "sysdiagnose: the file and that it is a keyed archive",
                link: "https://github.com/EC-DIGIT-CSIRC/sysdiagnose"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
        var tree = list
        if KeyedArchive.isArchive(list) {
            var damage: [ParseError] = []
            tree = try KeyedArchive(list).unarchived(damage: &damage)
            for damage in damage { sink.note(damage) }
        }
        for member in tree.members where member.value.dictionary != nil {
            let survey = NetworkExtensionSurvey(of: member.value)
            // Beside the configurations stand an index and a signature, which name no class of the framework.
            guard !survey.kinds.isEmpty else { continue }
            try sink.emit(
                Entry(
                    key: member.name, name: survey.name, application: survey.application,
                    bundleIdentifiers: survey.bundleIdentifiers, kinds: survey.kinds, hosts: survey.hosts,
                    links: survey.links.links, isEnabled: survey.isEnabled, contents: member.value.value),
                at: .key(member.name))
        }
    }
}
