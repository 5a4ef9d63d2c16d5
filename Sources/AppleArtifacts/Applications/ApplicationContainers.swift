import ArtifactModel
import FileFormats
import Primitives

/// The containers of applications, extensions and groups on the device, as each says it of itself.
///
/// Each container holds a hidden property list with the identifier that it was made for, its class and its UUID. There
/// is no time in it: the times of the file say when the container was made and changed, if the evidence keeps them.
///
/// Losses: a container goes with its application; the class is a number whose names Apple has not published.
///
/// - SeeAlso: <https://github.com/ydkhatri/mac_apt>
enum ApplicationContainers: Artifact {
    struct Entry: Record {
        var bundleIdentifier: String?
        var path: String
        var place: String?
        var containerClass: Int64?
        var uuid: String?
        var protectionClass: Int64?
        var details: Value = .absent

        static let fields: [Field<Self>] = [
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { $0.bundleIdentifier }, shown: true, "of the application, the extension or the group"),
            Field("container_place", text: { $0.place }, shown: true, "the folder that containers of its kind lie in"),
            Field("path", .observable(Observable(.filePath, .installed)), text: { $0.path }),
            Field(
                "container_class", integer: { $0.containerClass },
                "MCMMetadataContentClass as stored: 1 an application's bundle, 2 its data"),
            Field("uuid", text: { $0.uuid }, "the name of the container's folder on the device"),
            Field("protection_class", integer: { $0.protectionClass }, "MCMMetadataActiveDPClass as stored"),
            Field("details", nested: { $0.details }, "MCMMetadataInfo"),
        ]
    }

    /// The name of the property list.
    static let name = ".com.apple.mobile_container_manager.metadata.plist"

    static let card = ArtifactCard(
        "apple.applications.application-containers", "Application containers",
        summary: "Containers of applications, extensions and groups, and the identifiers they were made for",
        places: [
            .device("/private/var/containers/Bundle/Application/*/" + name),
            .device("/private/var/mobile/Containers/Data/Application/*/" + name),
            .device("/private/var/mobile/Containers/Data/PluginKitPlugin/*/" + name),
            .device("/private/var/mobile/Containers/Shared/AppGroup/*/" + name),
            .device("/private/var/mobile/Containers/Data/InternalDaemon/*/" + name),
            .device("/private/var/containers/Data/System/*/" + name),
            .device("/private/var/containers/Shared/SystemGroup/*/" + name),
        ],
        standing: .documented,
        losses: [
            "A container goes with its application", "It holds no time of its own",
            "Backups hold some of these files only",
        ],
        references: [
            Reference(
                "mac_apt", "ios_apps: applications of iOS and their containers",
                link: "https://github.com/ydkhatri/mac_apt")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
        let folders = file.devicePath.split(separator: "/")
        try sink.emit(
            Entry(
                bundleIdentifier: list.text("MCMMetadataIdentifier", noting: &sink),
                path: String(file.devicePath.dropLast(name.utf8.count + 1)),
                place: folders.count > 3
                    ? folders[(folders.count - 4)...(folders.count - 3)].joined(separator: "/") : nil,
                containerClass: containerClass(list, noting: &sink), uuid: list.text("MCMMetadataUUID", noting: &sink),
                protectionClass: list.integer("MCMMetadataActiveDPClass", noting: &sink),
                details: list["MCMMetadataInfo"].map(\.value) ?? .absent),
            at: .offset(0))
    }

    /// The class as a number; tools that install applications write a name instead, which is no damage.
    private static func containerClass(_ list: PropertyList, noting sink: inout some RecordSink) -> Int64? {
        if list["MCMMetadataContentClass"]?.text != nil { return nil }
        return list.integer("MCMMetadataContentClass", noting: &sink)
    }
}
