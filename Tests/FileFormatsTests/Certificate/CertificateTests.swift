import FileFormats
import Primitives
import Testing

struct CertificateTests {
    @Test(arguments: [
        [], [0x30], [0x30, 0x80], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x1F, 0x00], [0x30, 0x02, 0x30, 0x05],
    ])
    func `bytes that are no certificate are refused`(bytes: [UInt8]) {
        #expect(throws: ParseError.self) { try Certificate(bytes) }
    }

    @Test func `names, dates and the serial number are read`() throws {
        func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag, UInt8(content.count)] + content }
        let name = element(
            0x30,
            element(0x31, element(0x30, element(6, [0x55, 4, 3]) + element(0x13, Array("Root".utf8)))))
        let dates = element(
            0x30,
            element(0x17, Array("991231235959Z".utf8)) + element(0x18, Array("20500101000000Z".utf8)))
        let body = element(2, [1, 2]) + element(0x30, []) + name + dates + name
        let certificate = try Certificate(element(0x30, element(0x30, body)))
        #expect(certificate.subject == ["Root"])
        #expect(certificate.issuer == ["Root"])
        #expect(certificate.serial == "0102")
        #expect(certificate.isSelfIssued)
        #expect(certificate.validFrom?.description == "1999-12-31T23:59:59.000000Z")
        #expect(certificate.validUntil?.description == "2050-01-01T00:00:00.000000Z")
    }
}
