import FileFormats
import Primitives
import Testing

struct BackupFileRecordTests {
    /// A file of an encrypted backup.
    static let file = [UInt8](
        hexadecimal: """
            62706c6973743030d40102030405063c3f5924617263686976657258246f626a656374735424746f7058247665727369
            6f6e5f100f4e534b657965644172636869766572aa07082425292f3334353955246e756c6cde090a0b0c0d0e0f101112
            131415161718191a1b1c1d1e1f202122231c5624636c617373554269727468564469676573745d456e6372797074696f
            6e4b657955466c6167735747726f757049445b496e6f64654e756d6265725c4c6173744d6f6469666965645f10104c61
            73745374617475734368616e6765544d6f64655f100f50726f74656374696f6e436c6173735c52656c61746976655061
            74685453697a655655736572494480041261741ec08006800310001101f513000000020000004d126182364912618236
            4a1181a41003800212005000005f10124c6962726172792f534d532f736d732e6462d209262728574e532e6461746180
            054f102c03000000000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627
            d22a2b2c2d5824636c61737365735a24636c6173736e616d65a22d2e564d4246696c65584e534f626a656374d22a2b30
            31a331322e5d4e534d757461626c6544617461564e53446174614f1014000102030405060708090a0b0c0d0e0f101112
            135f10132f707269766174652f7661722f746172676574d209363738574e532e74696d6580092341c39936e4800000d2
            2a2b3a3ba23b2e564e5344617465d13d3e54726f6f74800112000186a000080011001b0024002900320044004f005500
            720079007f00860094009a00a200ae00bb00ce00d300e500f200f700fe0100010501070109010b010e0117011c012101
            2401260128012d01420147014f015101800185018e0199019c01a301ac01b101b501c301ca01e101f701fc0204020602
            0f02140217021e022102260228000000000000020100000000000000400000000000000000000000000000022d
            """)

    /// A symbolic link without a key, whose time of change is an NSDate.
    static let link = [UInt8](
        hexadecimal: """
            62706c6973743030d40102030405063e415924617263686976657258246f626a656374735424746f7058247665727369
            6f6e5f100f4e534b657965644172636869766572aa070826272b313536373b55246e756c6cdf100f090a0b0c0d0e0f10
            1112131415161718191a1b1c1d1e1f2021222324251d5624636c617373554269727468564469676573745d456e637279
            7074696f6e4b657955466c6167735747726f757049445b496e6f64654e756d6265725c4c6173744d6f6469666965645f
            10104c6173745374617475734368616e6765544d6f64655f100f50726f74656374696f6e436c6173735c52656c617469
            7665506174685453697a65565461726765745655736572494480041261741ec04f101409090909090909090909090909
            09090909090909800010001101f513000000020000004d8008126182364a11a1ed10038000120050000080075f10124c
            6962726172792f534d532f736d732e6462d20928292a574e532e6461746180054f102c03000000000102030405060708
            090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627d22c2d2e2f5824636c61737365735a2463
            6c6173736e616d65a22f30564d4246696c65584e534f626a656374d22c2d3233a33334305d4e534d757461626c654461
            7461564e53446174614f1014000102030405060708090a0b0c0d0e0f101112135f10132f707269766174652f7661722f
            746172676574d20938393a574e532e74696d6580092341c39936e4800000d22c2d3c3da23d30564e5344617465d13f40
            54726f6f74800112000186a000080011001b0024002900320044004f00550076007d0083008a0098009e00a600b200bf
            00d200d700e900f600fb01020109010b011001270129012b012e01370139013e014101430145014a014c01610166016e
            0170019f01a401ad01b801bb01c201cb01d001d401e201e902000216021b02230225022e02330236023d024002450247
            000000000000020100000000000000420000000000000000000000000000024c
            """)

    @Test func `every member of a file is read`() throws {
        let record = try BackupFileRecord(parsing: Self.file)
        #expect(record.relativePath == "Library/SMS/sms.db")
        #expect(record.size == 5_242_880)
        #expect(record.mode == 0o100644)
        #expect(record.userIdentifier == 501)
        #expect(record.groupIdentifier == 501)
        #expect(record.inode == 8_589_934_669)
        #expect(record.created?.description == "2021-10-23T14:40:00.000000Z")
        #expect(record.modified?.description == "2021-11-03T07:12:09.000000Z")
        #expect(record.statusChanged?.description == "2021-11-03T07:12:10.000000Z")
        #expect(record.protectionClass == 3)
        #expect(record.encryptionKey == [3, 0, 0, 0] + (0..<40))
        #expect(record.linkTarget == nil)
        #expect(record.flags == 0)
        #expect(record.digest == Array(0..<20))
    }

    @Test func `a link has a target, an archived nil is nothing, an NSDate is a time`() throws {
        let record = try BackupFileRecord(parsing: Self.link)
        #expect(record.linkTarget == "/private/var/target")
        #expect(record.mode == 0o120755)
        #expect(record.relativePath == nil)
        #expect(record.encryptionKey == nil)
        #expect(record.modified?.description == "2021-11-03T07:12:09.000000Z")
        #expect(record.digest == [UInt8](repeating: 9, count: 20))
    }

    @Test func `what is no keyed archive is refused`() {
        #expect(throws: ParseError.self) { try BackupFileRecord(parsing: []) }
        #expect(throws: ParseError.self) { try BackupFileRecord(parsing: Array("<plist/>".utf8)) }
        #expect(throws: ParseError.self) { try BackupFileRecord(parsing: BinaryPropertyListTests.every) }
    }

    @Test(.timeLimit(.minutes(30))) func `a damaged record is read or refused`() {
        var refused = 0
        for blob in [Self.file, Self.link] {
            forEachDamagedCopy(of: blob) { copy in
                guard let record = try? BackupFileRecord(parsing: copy) else {
                    refused += 1
                    return
                }
                _ = (record.relativePath, record.size, record.mode, record.userIdentifier, record.groupIdentifier)
                _ = (record.inode, record.created, record.modified, record.statusChanged, record.protectionClass)
                _ = (record.encryptionKey, record.linkTarget, record.flags, record.digest)
            }
        }
        #expect(refused > Self.file.count)
    }
}
