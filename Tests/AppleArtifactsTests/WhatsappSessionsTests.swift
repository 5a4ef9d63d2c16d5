import AppleArtifacts
import ArtifactModel
import TestSupport
import Testing

/// What golden files can't show of WhatsApp's chats: that damage is not taken for deleted messages.
struct WhatsappSessionsTests {
    private static let path =
        "/private/var/mobile/Containers/Shared/AppGroup/group.net.whatsapp.WhatsApp.shared/ChatStorage.sqlite"

    /// One chat with many messages, the last of which has the time that the chat remembers.
    private static func database(removing removed: Int?) throws -> [UInt8] {
        let messages = (1...200).filter { $0 != removed }.map {
            "(\($0), 1, \(656_000_000 + $0 * 60), 'a text that fills the pages of the table, number \($0)')"
        }
        return try DatabaseBuilder.build(
            """
            CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZLASTMESSAGEDATE, ZCONTACTJID);
            CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION, ZMESSAGEDATE, ZTEXT);
            INSERT INTO ZWACHATSESSION VALUES (1, 656012000, '15550100@s.whatsapp.net');
            INSERT INTO ZWAMESSAGE VALUES \(messages.joined(separator: ","));
            """
        ).main
    }

    private static func transcript(_ database: [UInt8]) throws -> Transcript {
        let artifact = try #require(
            AppleArtifactsCatalog.artifacts.first { $0.card.identifier == "apple.messages.whatsapp-sessions" })
        return try Transcript(of: artifact, in: MemoryEvidence(device: [path: database]))
    }

    @Test func `a last message that is gone is seen`() throws {
        #expect(try Self.transcript(Self.database(removing: 200)).text.contains("last-message-missing"))
        #expect(try !Self.transcript(Self.database(removing: 100)).text.contains("\"checks\""))
    }

    @Test func `lost pages are not taken for messages that are gone`() throws {
        let whole = try Self.database(removing: nil)
        #expect(try !Self.transcript(whole).text.contains("\"checks\""))
        for page in 1..<whole.count / 512 {
            for lost in [UInt8(0), 0xFF] {
                var damaged = whole
                for index in page * 512..<(page + 1) * 512 { damaged[index] = lost }
                let found = try Self.transcript(damaged)
                #expect(found.damages > 0, "page \(page + 1)")
                #expect(!found.text.contains("\"checks\""), "page \(page + 1)")
            }
            #expect(try !Self.transcript(Array(whole.prefix(page * 512))).text.contains("\"checks\""), "cut at \(page)")
        }
    }
}
