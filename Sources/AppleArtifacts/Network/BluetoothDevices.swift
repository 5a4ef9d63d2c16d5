import ArtifactModel
import FileFormats
import Primitives

/// Bluetooth devices that were paired with the device or near it, one record a device.
///
/// A property list holds classic devices, with the time in seconds since 1970-01-01T00:00:00Z; two databases hold
/// low-energy devices, those that were paired and those that were only seen. What the times of the databases count is
/// not documented, so they are kept as stored.
///
/// Losses: devices that change their address, as most do now, are seen as many; old ones are dropped.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/bluetooth.py>
enum BluetoothDevices: Artifact {
    struct Entry: Record {
        var lastSeen: Timestamp?
        var name: String?
        var defaultName: String?
        var address: String?
        var resolvedAddress: String?
        var uuid: String?
        var product: Int64?
        var isPaired: Bool
        var isLowEnergy: Bool
        var storedSeen: Int64?
        var storedConnected: Int64?

        static let fields: [Field<Self>] = [
            Field("last_seen", "A paired Bluetooth device was seen", moment: { $0.lastSeen }, "LastSeenTime"),
            Field("device_name", text: { $0.name }, shown: true, "the name that its owner gave the device"),
            Field("default_name", text: { $0.defaultName }, "the name that the device had at first"),
            Field("device_address", text: { $0.address }, shown: true, "Random before an address that changes"),
            Field("resolved_address", text: { $0.resolvedAddress }, "the address behind one that changes"),
            Field("device_uuid", text: { $0.uuid }),
            Field("product_identifier", integer: { $0.product }, "DeviceIdProduct"),
            Field("is_paired", truth: { $0.isPaired }, shown: true, "whether it was paired, not only seen"),
            Field("is_low_energy", truth: { $0.isLowEnergy }),
            Field("stored_last_seen", integer: { $0.storedSeen }, "LastSeenTime of a database, not decoded"),
            Field("stored_last_connected", integer: { $0.storedConnected }, "LastConnectionTime, not decoded"),
        ]
    }

    private static let folder = "/private/var/containers/Shared/SystemGroup/systemgroup.com.apple.bluetooth/Library/"

    static let card = ArtifactCard(
        "apple.network.bluetooth-devices", "Bluetooth devices",
        summary: "Bluetooth devices that were paired with the device or near it",
        places: [
            .device(folder + "Preferences/com.apple.MobileBluetooth.devices.plist"),
            .device(folder + "Database/com.apple.MobileBluetooth.ledevices.paired.db"),
            .device(folder + "Database/com.apple.MobileBluetooth.ledevices.other.db"),
        ],
        standing: .documented,
        losses: [
            "Devices that change their address are seen as many", "Old devices are dropped",
            "The times of low-energy devices are not understood",
        ],
        references: [
            Reference(
                "iLEAPP", "Bluetooth devices",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/bluetooth.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        if file.name.hasSuffix(".db") { return try lowEnergy(in: file, into: &sink) }
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary of devices") }
        for (index, member) in list.members.enumerated() {
            let place = "device \(index + 1)"
            guard member.value.dictionary != nil else {
                sink.note(ParseError(.malformed, "a dictionary", in: place))
                continue
            }
            try sink.emit(
                Entry(
                    lastSeen: member.value.integer("LastSeenTime", in: place, noting: &sink).flatMap {
                        $0 == 0 ? nil : Timestamp(unixSeconds: $0)
                    },
                    name: member.value.text("UserNameKey", in: place, noting: &sink)
                        ?? member.value.text("Name", in: place, noting: &sink),
                    defaultName: member.value.text("DefaultName", in: place, noting: &sink), address: member.name,
                    product: member.value.integer("DeviceIdProduct", in: place, noting: &sink), isPaired: true,
                    isLowEnergy: false),
                at: .key(member.name))
        }
    }

    private static func lowEnergy(in file: EvidenceFile, into sink: inout some RecordSink<Entry>) throws {
        let isPaired = file.name.hasSuffix(".paired.db")
        let table = isPaired ? "PairedDevices" : "OtherDevices"
        let scan = TableScan(
            table, as: "d",
            columns: ["d.Uuid", "d.Name", "d.Address", "d.ResolvedAddress", "d.LastSeenTime", "d.LastConnectionTime"])
        try file.database(noting: &sink).scan(scan, note: { sink.note($0) }) { number, row in
            try sink.emit(
                Entry(
                    name: row.text(1), address: row.text(2), resolvedAddress: row.text(3), uuid: row.text(0),
                    isPaired: isPaired, isLowEnergy: true, storedSeen: row.integer(4), storedConnected: row.integer(5)),
                at: .row(number, table: table))
        }
    }
}
