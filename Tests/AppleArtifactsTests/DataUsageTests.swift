import AppleArtifacts
import ArtifactModel
import TestSupport
import Testing

/// What golden files can't show of the data usage: that damage is not taken for removal.
struct DataUsageTests {
    private static let path = "/private/var/wireless/Library/Databases/DataUsage.sqlite"

    /// Every count has its process, and some processes have numbers far from each other.
    private static func database(removing removed: Int?) throws -> [UInt8] {
        let processes = (1...120).filter { $0 != removed }.map {
            "(\($0), 655000000, 656000000, NULL, 'a-process-with-a-long-name-\($0)')"
        }
        let counts = (1...120).map { "(\($0), \(121 - $0), 655500000)" }
        return try DatabaseBuilder.build(
            """
            CREATE TABLE ZPROCESS (Z_PK INTEGER PRIMARY KEY, ZFIRSTTIMESTAMP, ZTIMESTAMP, ZBUNDLENAME, ZPROCNAME);
            CREATE TABLE ZLIVEUSAGE (Z_PK INTEGER PRIMARY KEY, ZHASPROCESS, ZTIMESTAMP);
            INSERT INTO ZPROCESS VALUES \(processes.joined(separator: ","));
            INSERT INTO ZLIVEUSAGE VALUES \(counts.joined(separator: ","));
            """
        ).main
    }

    private static func transcript(_ database: [UInt8]) throws -> Transcript {
        let artifact = try #require(
            AppleArtifactsCatalog.artifacts.first { $0.card.identifier == "apple.network.data-usage" })
        return try Transcript(of: artifact, in: MemoryEvidence(device: [path: database]))
    }

    @Test func `a process that is gone is seen`() throws {
        let found = try Self.transcript(Self.database(removing: 60))
        #expect(found.text.split(separator: "\n").filter { $0.contains("usage-without-process") }.count == 1)
        #expect(found.records == 120)
        #expect(found.damages == 0)
    }

    @Test func `lost pages are not taken for processes that are gone`() throws {
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
            let found = try Self.transcript(Array(whole.prefix(page * 512)))
            #expect(!found.text.contains("\"checks\""), "cut behind page \(page)")
        }
    }
}
