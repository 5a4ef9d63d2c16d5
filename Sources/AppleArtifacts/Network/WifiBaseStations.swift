import ArtifactModel
import FileFormats
import Primitives

/// The base stations of known Wi-Fi networks, one record a station, with when the device was last joined to it and where.
///
/// Times are dates, stored in seconds since 2001-01-01T00:00:00Z; the position is in degrees (WGS 84).
///
/// Losses: only the latest time of each station is kept; most stations have no position; a network that a person forgets
/// takes its stations with it.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/appleWifiPlist.py>
enum WifiBaseStations: Artifact {
    struct Entry: Record {
        var associated: Timestamp?
        var name: String?
        var address: String?
        var channel: Int64?
        var channelFlags: Int64?
        var latitude: Double?
        var longitude: Double?
        var accuracy: Double?
        var located: Timestamp?

        static let fields: [Field<Self>] = [
            Field(
                "associated", "The device was joined to a Wi-Fi base station", moment: { $0.associated },
                "LastAssociatedAt, before lastRoamed"),
            Field("network_name", text: { $0.name }, shown: true, "SSID; repaired where it is not UTF-8"),
            Field("base_station", text: { $0.address }, shown: true, "BSSID"),
            Field("channel", integer: { $0.channel }),
            Field("channel_flags", integer: { $0.channelFlags }, "as stored, not decoded"),
            Field("latitude", real: { $0.latitude }, "degrees north"),
            Field("longitude", real: { $0.longitude }, "degrees east"),
            Field("location_accuracy", real: { $0.accuracy }, "metres"),
            Field("located", "The place of a Wi-Fi base station was noted", moment: { $0.located }),
        ]
    }

    static let card = ArtifactCard(
        "apple.network.wifi-base-stations", "Wi-Fi base stations",
        summary: "Base stations of known Wi-Fi networks, when the device was last joined to them, and where",
        places: Array(KnownWifiNetworks.card.places.prefix(4)),
        standing: .observed(["iOS 16"]),
        losses: [
            "Only the latest time of each station is kept", "Most stations have no position",
            "A network that a person forgets takes its stations with it",
        ],
        references: KnownWifiNetworks.references)

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        for network in try WifiNetwork.networks(in: file.propertyList(), noting: &sink) {
            for (index, station) in network.baseStations.enumerated() {
                let place = network.place + ", station \(index + 1)"
                try sink.emit(
                    Entry(
                        associated: station.moment("LastAssociatedAt", in: place, noting: &sink)
                            ?? station.moment("lastRoamed", in: place, noting: &sink),
                        name: network.name, address: station.text("BSSID", in: place, noting: &sink),
                        channel: station.integer("Channel", in: place, noting: &sink)
                            ?? station.integer("CHANNEL", in: place, noting: &sink),
                        channelFlags: station.integer("ChannelFlags", in: place, noting: &sink)
                            ?? station.integer("CHANNEL_FLAGS", in: place, noting: &sink),
                        latitude: station["LocationLatitude"]?.real, longitude: station["LocationLongitude"]?.real,
                        accuracy: station["LocationAccuracy"]?.real,
                        located: station.moment("LocationTimestamp", in: place, noting: &sink)),
                    at: .key(network.key + "/\(index)"))
            }
        }
    }
}
