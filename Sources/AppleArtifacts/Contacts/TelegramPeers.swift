import ArtifactModel
import FileFormats
import Primitives

/// The people, groups and channels that Telegram keeps on the device, one record each.
///
/// Losses: Telegram keeps whom it showed in a search too, so an entry need not mean contact; there are no times.
///
/// - SeeAlso: <https://gist.github.com/stek29/8a7ac0e673818917525ec4031d77a713>
enum TelegramPeers: Artifact {
    struct Entry: Record {
        var number: Int64
        var peer: TelegramDirectory.Peer

        static let fields: [Field<Self>] = [
            Field("peer_number", integer: { $0.number }, "Telegram's number"),
            Field("peer_type", text: { TelegramDirectory.kind($0.number) }, shown: true),
            Field("display_name", .content, text: { $0.peer.name }),
            Field("account", .observable(Observable(.account)), text: { $0.peer.userName }, shown: true, "user name"),
            Field("phone_number", .observable(Observable(.phoneNumber)), text: { $0.peer.phoneNumber }, shown: true),
        ]
    }

    static let card = ArtifactCard(
        "apple.contacts.telegram-peers", "Telegram contacts, groups and channels",
        summary: "People, groups and channels that Telegram keeps on the device",
        places: TelegramMessages.places, standing: .documented,
        losses: [
            "Whom Telegram showed in a search is here too", "There are no times",
            "A database that was encrypted can't be read, and backups hold none",
        ],
        references: TelegramMessages.references)

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let database = try file.database(noting: &sink)
        try TelegramDirectory.scan("t2", in: database, note: { sink.note($0) }) { key, number, value, location in
            guard let number = number ?? TelegramDirectory.number(key) else {
                return sink.note(ParseError(.malformed, "the number of a peer", in: "t2"))
            }
            let peer: PostboxValue
            do throws(ParseError) {
                peer = try PostboxValue(stored: value)
            } catch {
                return sink.note(ParseError(error.kind, error.expected, at: error.offset, in: "t2, a peer"))
            }
            try sink.emit(Entry(number: number, peer: TelegramDirectory.Peer(peer)), at: location)
        }
    }
}
