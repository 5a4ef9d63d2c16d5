import ArtifactModel
import FileFormats
import Primitives

/// A network that a device keeps, as its list has it, in whichever of the forms.
///
/// From iOS 16 on the list is a dictionary under `wifi.network.ssid.<name>`; before, it is a list of dictionaries with
/// other names for the same things. What the driver adds stands in `__OSSpecific__`, or beside the rest in the old form.
struct WifiNetwork {
    /// The key of the network, for its location.
    var key: String
    /// Where it lies, in words of ours.
    var place: String
    /// The network.
    var values: PropertyList
    /// Whether the network was only seen, with a private address, and need not be known.
    var isFromScan: Bool

    /// The networks of a list, in the order of the list or of the names.
    static func networks(in list: PropertyList, noting sink: inout some RecordSink) throws(ParseError) -> [WifiNetwork]
    {
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary of networks") }
        var networks: [WifiNetwork] = []
        for (name, isFromScan) in [
            ("List of known networks", false), ("List of scanned networks with private mac", true),
        ] {
            guard let values = list[name] else { continue }
            guard let values = values.list else {
                sink.note(ParseError(.malformed, "a list of networks", in: name))
                continue
            }
            for (index, value) in values.enumerated() {
                let place = "\(name), network \(index + 1)"
                guard value.dictionary != nil else {
                    sink.note(ParseError(.malformed, "a dictionary", in: place))
                    continue
                }
                networks.append(
                    WifiNetwork(key: "\(name)/\(index)", place: place, values: value, isFromScan: isFromScan))
            }
        }
        for (index, member) in list.members.enumerated() {
            let isNamed = member.name.hasPrefix("wifi.network.")
            // Beside the networks of the old form stand settings of the radio.
            guard isNamed || member.value["SSID"] != nil else { continue }
            guard member.value.dictionary != nil else {
                sink.note(ParseError(.malformed, "a dictionary", in: "network \(index + 1)"))
                continue
            }
            networks.append(
                WifiNetwork(
                    key: member.name, place: "network \(index + 1)", values: member.value, isFromScan: false))
        }
        return networks
    }

    /// What the driver adds.
    private var details: PropertyList? { values["__OSSpecific__"] }

    /// The bytes of the name, which need not be text.
    var nameBytes: [UInt8]? { values["SSID"]?.bytes }

    /// The name, repaired where it is not UTF-8.
    var name: String? {
        if let text = values["SSID_STR"]?.text { return text }
        if let bytes = nameBytes { return String(decoding: bytes, as: UTF8.self) }
        if let text = values["SSID"]?.text { return text }
        let prefix = "wifi.network.ssid."
        return key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : nil
    }

    /// Whether the bytes of the name are no UTF-8.
    var isNameRepaired: Bool { nameBytes.map { Array(String(decoding: $0, as: UTF8.self).utf8) != $0 } ?? false }

    /// The base stations that the device was joined to, with what is known of each.
    var baseStations: [PropertyList] {
        let stations = values["BSSList"]?.list ?? values["networkKnownBSSListKey"]?.list ?? []
        return stations.filter { $0.dictionary != nil }
    }

    /// The addresses of all base stations, each once.
    var addresses: [String] {
        var seen: Set<String> = []
        let last = details?["BSSID"]?.text ?? values["BSSID"]?.text
        return (baseStations.compactMap { $0["BSSID"]?.text } + (last.map { [$0] } ?? [])).filter {
            !$0.isEmpty && seen.insert($0).inserted
        }
    }

    /// A time under one of its names.
    func moment(_ names: String..., noting sink: inout some RecordSink) -> Timestamp? {
        for name in names {
            if let moment = values.moment(name, in: place, noting: &sink) { return moment }
            if let moment = details?.moment(name, in: place, noting: &sink) { return moment }
        }
        return nil
    }
}
