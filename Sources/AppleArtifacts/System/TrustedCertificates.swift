import ArtifactModel
import FileFormats
import Primitives

/// The certificates that were given trust on this device beside those of the system, one record a certificate.
///
/// Whoever holds the key of a trusted root certificate can read the encrypted traffic of most applications on its way. A
/// row holds the hash of the certificate, SHA-256 from iOS 10 on and SHA-1 before, its subject in the form that is used
/// for comparison, the settings of the trust (a property list; an empty list means trusted for everything) and the
/// certificate itself. Column names are those of Apple's published source.
///
/// Losses: a certificate whose trust was withdrawn leaves no row; there is no time of installation.
///
/// - SeeAlso: <https://github.com/apple-oss-distributions/Security>
enum TrustedCertificates: Artifact {
    struct Entry: Record {
        var sha256: String?
        var sha1: String?
        var certificate: Certificate?
        var hasCertificate: Bool
        var settings: Value

        static let fields: [Field<Self>] = [
            Field(
                "certificate_sha256", .observable(Observable(.certificateHash, .installed)), text: { $0.sha256 },
                shown: true),
            Field("certificate_sha1", .observable(Observable(.certificateHash, .installed)), text: { $0.sha1 }),
            Field(
                "subject_names", texts: { $0.certificate?.subject ?? [] }, shown: true, "common name and organisation"),
            Field(
                "issuer_names", texts: { $0.certificate?.issuer ?? [] }, "common name and organisation of the signer"),
            Field("certificate_serial", text: { $0.certificate?.serial }, "hexadecimal digits"),
            Field(
                "valid_from", "A certificate that the device trusts became valid",
                moment: { $0.certificate?.validFrom }, "chosen by whoever made it"),
            Field("valid_until", text: { $0.certificate?.validUntil?.description }, "RFC 3339"),
            Field("is_self_issued", truth: { $0.certificate?.isSelfIssued }, "whether it names itself as its signer"),
            Field("has_certificate", truth: { $0.hasCertificate }, "whether the row holds the certificate itself"),
            Field("trust_settings", nested: { $0.settings }, "as stored; an empty list means trusted for everything"),
        ]
    }

    static let card = ArtifactCard(
        "apple.system.trusted-certificates", "Certificates given trust",
        summary: "Root certificates that were given trust on this device beside those of the system",
        places: [
            .device("/private/var/protected/trustd/private/TrustStore.sqlite3"),
            .device("/private/var/Keychains/TrustStore.sqlite3"),
        ],
        standing: .documented,
        losses: [
            "A certificate whose trust was withdrawn leaves no row", "There is no time of installation",
            "The roots that come with the system are elsewhere",
        ],
        references: [
            Reference(
                "Apple", "Security: trust store of iOS, source",
                link: "https://github.com/apple-oss-distributions/Security"),
            Reference(
                "Apple", "Trust manually installed certificate profiles in iOS",
                link: "https://support.apple.com/102390"),
        ])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let scan = TableScan("tsettings", as: "t", columns: ["t.sha256", "t.sha1", "t.tset", "t.data"])
        try file.database(noting: &sink).scan(scan, note: { sink.note($0) }) { number, row in
            let place = "tsettings, row \(number)"
            var certificate: Certificate?
            let data = row.bytes(3)
            if let data {
                do throws(ParseError) {
                    certificate = try Certificate(data)
                } catch {
                    sink.note(ParseError(error.kind, error.expected, at: error.offset, in: place + ", data"))
                }
            }
            var settings: Value = .absent
            if let bytes = row.bytes(2) {
                do throws(ParseError) {
                    settings = try PropertyList(parsing: bytes).value
                } catch {
                    sink.note(ParseError(error.kind, error.expected, at: error.offset, in: place + ", tset"))
                }
            }
            try sink.emit(
                Entry(
                    sha256: row.bytes(0)?.hexadecimal, sha1: row.bytes(1)?.hexadecimal, certificate: certificate,
                    hasCertificate: data != nil, settings: settings),
                at: .row(number, table: "tsettings"))
        }
    }
}
