import ArtifactModel
import FileFormats
import Primitives

/// The programs that asked for the position of the device, one record a program, with when they last stopped.
///
/// Times are seconds since 2001-01-01T00:00:00Z, as numbers or dates; zero means not set. Each says when one kind of
/// service last ended for the program.
///
/// `IonosphereHarvest` and `WRMLinkSelection` are bundles of iOS itself; the time at which the first service of one of
/// them stopped is one of the four classes of events that Kaspersky's triangle_check looks for near each other. Alone
/// it means nothing.
///
/// Losses: only the latest time of each kind is kept, and an application that is removed loses its entry.
///
/// - SeeAlso: <https://securelist.com/find-the-triangulation-utility/109867/>
enum LocationClients: Artifact {
    struct Entry: Record {
        var client: String
        var bundleIdentifier: String?
        var bundlePath: String?
        var executable: String?
        var registered: String?
        var authorization: Int64?
        var moments: [Timestamp?]
        var storageToken: [UInt8]?
        var details: PropertyList

        /// The keys of times with the words for the timeline, in the order of ``moments``.
        static let times: [(key: String, field: String, heading: String)] = [
            ("LocationTimeStopped", "location_stopped", "A program stopped using the position"),
            (
                "ReceivingLocationInformationTimeStopped", "receiving_location_stopped",
                "A program stopped receiving positions"
            ),
            (
                "BackgroundLocationTimeStopped", "background_location_stopped",
                "A program stopped using the position in the background"
            ),
            ("SignificantTimeStopped", "significant_stopped", "A program stopped watching large changes of position"),
            (
                "NonPersistentSignificantTimeStopped", "significant_while_running_stopped",
                "A program stopped watching large changes of position while it ran"
            ),
            ("VisitTimeStopped", "visits_stopped", "A program stopped watching visits to places"),
            ("FenceTimeStopped", "fence_stopped", "A program stopped watching the edge of a place"),
            ("BeaconRegionTimeStopped", "beacon_region_stopped", "A program stopped watching radio beacons"),
            ("ConsumptionPeriodBegin", "consumption_began", "The use of the position by a program began to be counted"),
        ]

        static let fields: [Field<Self>] =
            [
                Field(
                    "client", .observable(Observable(.processName)), text: { $0.client }, shown: true,
                    "the key without the colon at its end: a bundle identifier or a path"),
                Field(
                    "bundle_identifier", .observable(Observable(.applicationIdentifier)),
                    text: { $0.bundleIdentifier }, shown: true, "BundleId"),
                Field(
                    "process", .observable(Observable(.processName)), text: { $0.process },
                    "the last part of Executable, of BundlePath or of the key"),
                Field("bundle_path", .observable(Observable(.filePath)), text: { $0.bundlePath }, "BundlePath"),
                Field("executable", .observable(Observable(.filePath)), text: { $0.executable }, "Executable"),
                Field(
                    "registered", .observable(Observable(.filePath)), text: { $0.registered },
                    "Registered, where it is a path and not yes or no"),
            ]
            + times.enumerated().map { index, time in
                Field(time.field, time.heading, moment: { $0.moments[index] }, time.key)
            } + [
                Field(
                    "is_triangulation_class", truth: { $0.isTriangulationClass },
                    "location_stopped of this bundle is one of four classes of triangle_check; context only"),
                Field("location_authorization", integer: { $0.authorization }, "Authorization, not decoded"),
                Field("storage_token", bytes: { $0.storageToken }, "ClientStorageToken"),
                Field("details", nested: { $0.details.value }, "everything else that is stored"),
            ]

        var process: String? {
            (executable ?? bundlePath ?? client).split(separator: "/").last.map(String.init)
        }

        /// Whether the time at which the position stopped is an event of the class `location` in triangle_check.
        var isTriangulationClass: Bool {
            guard moments[0] != nil else { return false }
            return [client, bundlePath ?? "", registered ?? ""].contains { text in
                LocationClients.triangulationBundles.contains { text.hasSuffix($0) || text.hasSuffix($0 + "/") }
            }
        }
    }

    static let triangulationBundles = [
        "/System/Library/LocationBundles/IonosphereHarvest.bundle",
        "/System/Library/LocationBundles/WRMLinkSelection.bundle",
    ]

    static let card = ArtifactCard(
        "apple.location.location-clients", "Programs that use the position",
        summary: "Programs that asked for the position of the device, and when they last stopped",
        places: [
            .home("Library/Caches/locationd/clients.plist"),
            .device("/private/var/root/Library/Caches/locationd/clients.plist"),
        ],
        standing: .documented,
        losses: [
            "Only the latest time of each kind is kept", "The positions themselves are not here",
            "A program that goes around the system's service leaves nothing",
        ],
        references: [
            Reference(
                "Kaspersky", "In search of the Triangulation: triangle_check utility", date: "2023-06-02",
                link: "https://securelist.com/find-the-triangulation-utility/109867/"),
            Reference(
                "MVT Project", "Records extracted by mvt-ios", link: "https://docs.mvt.re/en/latest/ios/records/"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary of programs") }
        for (index, member) in list.members.enumerated() {
            let place = "program \(index + 1)"
            guard var rest = member.value.dictionary else {
                // Beside the programs stand a few settings of the service itself.
                sink.note(ParseError(.unsupported, "a dictionary for a program", in: place))
                continue
            }
            let values = member.value
            // Executable and Registered are yes or no for some programs.
            let registered = values["Registered"]?.text
            let executable = values["Executable"]?.text
            let token = values["ClientStorageToken"]
            var entry = Entry(
                client: member.name.hasSuffix(":") ? String(member.name.dropLast()) : member.name,
                bundleIdentifier: values.text("BundleId", in: place, noting: &sink),
                bundlePath: values.text("BundlePath", in: place, noting: &sink), executable: executable,
                registered: registered, authorization: values.integer("Authorization", in: place, noting: &sink),
                moments: [], storageToken: token?.bytes ?? token?.text.map { Array($0.utf8) },
                details: .dictionary([:]))
            for time in Entry.times {
                entry.moments.append(moment(values[time.key], time.key, place, noting: &sink))
                rest[time.key] = nil
            }
            for key in ["BundleId", "BundlePath", "Authorization", "ClientStorageToken"] { rest[key] = nil }
            if registered != nil { rest["Registered"] = nil }
            if executable != nil { rest["Executable"] = nil }
            entry.details = .dictionary(rest)
            try sink.emit(entry, at: .key(member.name))
        }
    }

    private static func moment(
        _ value: PropertyList?, _ key: String, _ place: String, noting sink: inout some RecordSink
    ) -> Timestamp? {
        switch value {
        case nil, .null: return nil
        case .moment(let moment): return moment
        case .some(let value):
            guard let seconds = value.real else {
                sink.note(ParseError(.malformed, "seconds since 2001", in: place + "/" + key))
                return nil
            }
            if let moment = Timestamp(cocoaSeconds: seconds) { return moment }
            if seconds != 0 {
                sink.note(ParseError(.malformed, "a time of the years 1 to 9999", in: place + "/" + key))
            }
            return nil
        }
    }
}
