import FileFormats

/// What a marking definition says: how far something may be passed on, or a statement such as a licence.
///
/// Sources: STIX 2.1, section 7.2.1 (TLP 1 and its fixed identifiers);
/// https://github.com/oasis-open/cti-stix-common-objects (TLP 2.0 as an extension, and its identifiers).
enum ThreatMarking: Hashable {
    /// `TLP:AMBER`
    case trafficLight(String)
    case statement(String)

    /// Reads a marking definition.
    init?(_ object: ThreatObject) {
        if var members = object.definition?.members {
            while let member = try? members.next() {
                if member.name.equals("tlp"), let text = member.value.text?.string {
                    self.init(trafficLight: text)
                    return
                }
                if member.name.equals("statement"), let text = member.value.text?.string, !text.isEmpty {
                    self = .statement(text)
                    return
                }
            }
        }
        if var extensions = object.extensions?.members {
            while let member = try? extensions.next() {
                guard var inside = member.value.members else { continue }
                while let property = try? inside.next() {
                    if property.name.equals("tlp_2_0"), let text = property.value.text?.string {
                        self.init(trafficLight: text)
                        return
                    }
                }
            }
        }
        // Some publishers only name it.
        guard let name = object.name?.string, name.uppercased().hasPrefix("TLP:") else { return nil }
        self.init(trafficLight: name)
    }

    /// The colour in any spelling: `amber`, `TLP:AMBER`, `tlp:amber+strict`.
    init?(trafficLight text: String) {
        var colour = text.uppercased()
        if colour.hasPrefix("TLP:") { colour.removeFirst(4) }
        guard ThreatMarking.colours.contains(colour) else { return nil }
        self = .trafficLight("TLP:" + colour)
    }

    /// From the most open to the most closed. https://www.first.org/tlp/
    private static let colours = ["WHITE", "CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]

    /// The stricter of two colours.
    static func stricter(_ first: String?, _ second: String) -> String {
        guard let first else { return second }
        func rank(_ text: String) -> Int { colours.firstIndex(of: String(text.dropFirst(4))) ?? 0 }
        return rank(first) >= rank(second) ? first : second
    }

    /// Markings that need not be in the bundle, because everybody knows their identifiers.
    static let wellKnown: [(identifier: String, colour: String)] = [
        ("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "TLP:WHITE"),
        ("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "TLP:GREEN"),
        ("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "TLP:AMBER"),
        ("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "TLP:RED"),
        ("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR"),
        ("marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN"),
        ("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER"),
        ("marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT"),
        ("marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED"),
    ]
}
