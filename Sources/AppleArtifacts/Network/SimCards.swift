import ArtifactModel
import FileFormats
import Primitives

/// The SIM cards that were in the device, one record a card and file, with telephone numbers.
///
/// Three property lists and a database of the telephone service name cards. Times of the lists are seconds since
/// 1970-01-01T00:00:00Z, those of the database seconds since 2001-01-01T00:00:00Z; what they are the time of is not
/// documented.
///
/// Losses: a number is there only if the card or the network told it; a card that was long ago in the device is gone.
///
/// - SeeAlso: <https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/simInfo.py>
enum SimCards: Artifact {
    struct Entry: Record {
        var noted: Timestamp?
        var iccid: String?
        var phoneNumber: String?
        var label: String?
        var type: String?
        var isESIM: Bool?
        var isInSlot: Bool?
        var slot: Int64?
        var imei: String?
        var meid: String?
        var carrierBundle: String?

        static let fields: [Field<Self>] = [
            Field("noted", "A SIM card was noted", moment: { $0.noted }, "ts or last_update_time"),
            Field("iccid", text: { $0.iccid }, shown: true, "number of the SIM card"),
            Field(
                "phone_number", .observable(Observable(.phoneNumber)), text: { $0.phoneNumber }, shown: true,
                "of the card, as it or the network told it"),
            Field("sim_label", text: { $0.label }, "what its owner calls the card"),
            Field("sim_type", text: { $0.type }, "as stored"),
            Field("is_esim", truth: { $0.isESIM }),
            Field("is_in_slot", truth: { $0.isInSlot }, "whether the card was in a slot when the file was written"),
            Field("slot", integer: { $0.slot }, "number of the slot, as stored"),
            Field("imei", text: { $0.imei }, "International Mobile Equipment Identity"),
            Field("meid", text: { $0.meid }, "Mobile Equipment Identifier"),
            Field("carrier_bundle_version", text: { $0.carrierBundle }),
        ]
    }

    static let card = ArtifactCard(
        "apple.network.sim-cards", "SIM cards",
        summary: "SIM cards that were in the device, with their telephone numbers",
        places: [
            .device("/private/var/wireless/Library/Preferences/com.apple.commcenter.data.plist"),
            .device("/private/var/wireless/Library/Preferences/com.apple.commcenter.plist"),
            .device("/private/var/wireless/Library/Preferences/com.apple.commcenter.device_specific_nobackup.plist"),
            .device("/private/var/wireless/Library/Databases/CellularUsage.db"),
        ],
        standing: .observed(["iOS 16"]),
        losses: [
            "A number is there only if the card or the network told it", "A card of long ago is gone",
            "Only com.apple.commcenter.data.plist was compared with a real file; the others are documented",
        ],
        references: [
            Reference(
                "iLEAPP", "SIM cards",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/simInfo.py"),
            Reference(
                "iLEAPP", "Cellular preferences",
                link: "https://github.com/abrignoni/iLEAPP/blob/main/scripts/artifacts/celWireless.py"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        if file.name.hasSuffix(".db") { return try subscribers(in: file, into: &sink) }
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
        try cards(in: list, into: &sink)
        let single = Entry(
            iccid: list.text("LastKnownICCID", noting: &sink),
            phoneNumber: list.text("ReportedPhoneNumber", noting: &sink), imei: list.text("imei", noting: &sink),
            meid: list.text("meid", noting: &sink))
        if single.iccid != nil || single.phoneNumber != nil || single.imei != nil || single.meid != nil {
            try sink.emit(single, at: .key("LastKnownICCID"))
        }
        if let iccid = list.text("CDMANetworkPhoneNumberICCID", noting: &sink) {
            try sink.emit(Entry(iccid: iccid), at: .key("CDMANetworkPhoneNumberICCID"))
        }
    }

    /// The cards of `PersonalWallet`: under the number of a card one or more dictionaries of what is known of it.
    private static func cards(in list: PropertyList, into sink: inout some RecordSink<Entry>) throws {
        guard let wallet = list.dictionary("PersonalWallet", noting: &sink) else { return }
        let labels = list.dictionary("unique-sim-label-store", noting: &sink)
        let slots = list["PersonalitySlots"]?.list?.compactMap(\.text)
        for (index, card) in wallet.members.enumerated() {
            let place = "PersonalWallet, card \(index + 1)"
            let infos = card.value.members.filter { $0.value.dictionary != nil }
            if infos.isEmpty { sink.note(ParseError(.malformed, "a dictionary with dictionaries", in: place)) }
            for info in infos {
                let label = info.value.text("label-id", in: place, noting: &sink)
                let number = info.value.text("mdn", in: place, noting: &sink)
                let stored = label.flatMap { labels?[$0]?["text"]?.text }
                try sink.emit(
                    Entry(
                        noted: info.value.integer("ts", in: place, noting: &sink).flatMap {
                            $0 == 0 ? nil : Timestamp(unixSeconds: $0)
                        }, iccid: card.name, phoneNumber: number.flatMap { $0.isEmpty ? nil : $0 },
                        label: stored.flatMap { $0.isEmpty ? nil : $0 },
                        type: info.value.text("type", in: place, noting: &sink),
                        isESIM: info.value.truth("esim", in: place, noting: &sink),
                        isInSlot: slots.map { $0.contains(card.name) },
                        carrierBundle: info.value.text("cb_ver", in: place, noting: &sink)),
                    at: .key("PersonalWallet/\(card.name)/\(info.name)"))
            }
        }
    }

    private static func subscribers(in file: EvidenceFile, into sink: inout some RecordSink<Entry>) throws {
        let scan = TableScan(
            "subscriber_info", as: "s",
            columns: ["s.last_update_time", "s.subscriber_id", "s.subscriber_mdn", "s.slot_id", "s.tag"])
        try file.database(noting: &sink).scan(scan, note: { sink.note($0) }) { number, row in
            try sink.emit(
                Entry(
                    noted: row.cocoaSeconds(0), iccid: row.text(1), phoneNumber: row.text(2), label: row.text(4),
                    slot: row.integer(3)),
                at: .row(number, table: "subscriber_info"))
        }
    }
}
