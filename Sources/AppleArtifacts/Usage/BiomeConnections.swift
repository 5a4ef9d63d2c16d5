import ArtifactModel
import FileFormats
import Primitives

/// Wireless networks and Bluetooth devices, as Biome noted them: the streams `Device.Wireless.WiFi` and `….Bluetooth`.
///
/// A message about Wi-Fi has the name of the network (1) and 1 for connected or 0 for disconnected (2). A message about
/// Bluetooth has the address of the other device (1) and its name (2).
///
/// Losses: a Bluetooth device in the list need not have been connected then; entries are kept for four weeks.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeDevWifi.py>
enum BiomeConnections: Artifact {
    struct Entry: Record {
        var network: String?
        var isConnected: Bool?
        var address: String?
        var deviceName: String?
        var recorded: Timestamp?
        var state: String

        static let fields: [Field<Self>] = [
            Field("recorded", "Biome noted a wireless network or a Bluetooth device", moment: { $0.recorded }),
            Field("network_name", text: { $0.network }, shown: true, "of a Wi-Fi network"),
            Field("is_connected", truth: { $0.isConnected }, shown: true, "Wi-Fi: true when it was joined"),
            Field("bluetooth_address", text: { $0.address }, shown: true),
            Field("device_name", text: { $0.deviceName }, "what the Bluetooth device calls itself"),
            Field("entry_state", text: { $0.state }, BiomeStream.stateNote),
        ]
    }

    static let card = ArtifactCard(
        "apple.usage.biome-connections", "Connections noted by Biome",
        summary: "Wireless networks that were joined and left, and Bluetooth devices, as Biome noted them",
        places: BiomeStream.places("Device.Wireless.WiFi") + BiomeStream.places("Device.Wireless.Bluetooth"),
        standing: .documented,
        losses: BiomeStream.losses + ["A Bluetooth device in the list need not have been connected then"],
        references: BiomeStream.references + [
            Reference(
                "iLEAPP", "biomeDevWifi.py and biomeBluetooth.py",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/biomeDevWifi.py")
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let isWireless = BiomeStream.name(of: file) == "Device.Wireless.WiFi"
        try BiomeStream.read(file, noting: { sink.note($0) }) { entry, message in
            var found = Entry(recorded: entry.time, state: BiomeStream.words(entry))
            if isWireless {
                found.network = message[1]?.text
                found.isConnected = message[2]?.integer.map { $0 == 1 }
            } else {
                found.address = message[1]?.text
                found.deviceName = message[2]?.text
            }
            try sink.emit(found, at: .offset(entry.offset))
        }
    }
}
