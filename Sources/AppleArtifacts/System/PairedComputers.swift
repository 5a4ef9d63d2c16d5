import ArtifactModel
import FileFormats
import Primitives

/// The computers that the device trusts, one record for each pairing.
///
/// A pairing record holds certificates and keys, which are not put out, and the identifiers of the computer.
/// `com.apple.mobile.ldpair.plist` holds, by the same identifier, the time of the pairing or of its renewal in seconds
/// since 1970-01-01T00:00:00Z; its records stand beside those of the pairings and are joined by `host_identifier`.
///
/// Losses: a pairing that was revoked leaves nothing; names of computers are seldom recorded.
///
/// - SeeAlso: <https://github.com/doronz88/rpc-project/blob/master/src/rpcclient/rpcclient/clients/ios/subsystems/lockdown.py>
enum PairedComputers: Artifact {
    struct Entry: Record {
        var host: String
        var paired: Timestamp?
        var system: String?
        var computer: String?
        var wifiAddress: String?
        var hasEscrow: Bool?
        var hasRecord: Bool

        static let fields: [Field<Self>] = [
            Field("host_identifier", text: { $0.host }, shown: true, "the computer, by the identifier it made up"),
            Field("paired", "The device was paired with a computer, or the pairing was renewed", moment: { $0.paired }),
            Field(
                "system_identifier", text: { $0.system }, shown: true, "SystemBUID: the installation of the computer"),
            Field("computer_name", text: { $0.computer }, shown: true, "HostName, where it is recorded"),
            Field("wifi_address", text: { $0.wifiAddress }, "WiFiMACAddress of the device at the pairing"),
            Field(
                "has_escrow_bag", truth: { $0.hasEscrow },
                "whether the computer may open the locked device's data after its first unlock"),
            Field("has_pair_record", truth: { $0.hasRecord }, "false where only the time of a pairing is known"),
        ]
    }

    private static let preferences = "com.apple.mobile.ldpair.plist"

    static let card = ArtifactCard(
        "apple.system.paired-computers", "Paired computers",
        summary: "Computers that the device trusts, and when the pairing was made or renewed",
        places: [
            .device("/private/var/root/Library/Lockdown/pair_records/*.plist"),
            .home("Library/Preferences/" + preferences),
        ],
        standing: .documented,
        losses: [
            "A pairing that was revoked or expired leaves nothing",
            "The name of the computer is seldom recorded; the identifiers can be compared with the computer",
            "Backups hold the times of pairings, and not the pairings themselves",
        ],
        references: [
            Reference(
                "rpc-project", "Pairing records and pairing dates of a device",
                link: "https://github.com/doronz88/rpc-project"),
            Reference(
                "Jonathan Zdziarski",
                "Identifying back doors, attack points, and surveillance mechanisms in iOS devices", date: "2014",
                link: "https://doi.org/10.1016/j.diin.2014.01.001"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let list = try file.propertyList()
        guard list.dictionary != nil else { throw ParseError(.malformed, "a dictionary") }
        guard file.name == preferences else {
            let host = list.text("HostID", noting: &sink) ?? String(file.name.dropLast(6))
            try sink.emit(
                Entry(
                    host: host, system: list.text("SystemBUID", noting: &sink),
                    computer: list.text("HostName", noting: &sink),
                    wifiAddress: list.text("WiFiMACAddress", noting: &sink), hasEscrow: list["EscrowBag"]?.bytes != nil,
                    hasRecord: true),
                at: .offset(0))
            return
        }
        for member in list.members {
            var entry = Entry(host: member.name, hasRecord: false)
            if let seconds = member.value.real, let moment = Timestamp(unixSeconds: seconds) {
                entry.paired = moment
            } else {
                sink.note(ParseError(.malformed, "seconds since 1970", in: "a time of a pairing"))
            }
            try sink.emit(entry, at: .key(member.name))
        }
    }
}
