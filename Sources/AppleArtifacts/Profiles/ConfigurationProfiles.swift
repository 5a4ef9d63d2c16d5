import ArtifactModel
import FileFormats
import Primitives

/// Configuration profiles that are installed, one record a profile, with everything that their payloads carry.
///
/// A profile is a property list; one inside a signed message (CMS, which begins with 0x30) is found by its XML. The date
/// of installation is in UTC, by the device's clock.
///
/// Losses: a profile that was removed is not there; certificates and secrets of payloads are references to the keychain;
/// signatures are not verified.
///
/// - SeeAlso: <https://developer.apple.com/documentation/devicemanagement/toplevel>
enum ConfigurationProfiles: Artifact {
    struct Entry: Record {
        var uuid: String?
        var identifier: String?
        var displayName: String?
        var description: String?
        var organisation: String?
        var type: String?
        var payloadTypes: [String] = []
        var payloadIdentifiers: [String] = []
        var links: [String] = []
        var hosts: [String] = []
        var installed: Timestamp?
        var isRemovalDisallowed: Bool?
        var isEncrypted = false
        var isInSignedMessage = false
        var signerCertificates: Int64?
        var contents: Value = .absent

        /// Whether a payload of this type is among them.
        func holds(_ types: String...) -> Bool {
            payloadTypes.contains { types.contains($0.lowercased()) }
        }

        static let fields: [Field<Self>] = [
            Field(
                "profile_uuid", .observable(Observable(.profileIdentifier, .installed)), text: { $0.uuid },
                "PayloadUUID of the profile"),
            Field(
                "profile_identifier", .observable(Observable(.profileIdentifier, .installed)),
                text: { $0.identifier }, shown: true, "PayloadIdentifier of the profile"),
            Field("display_name", text: { $0.displayName }, shown: true, "the name that Settings shows"),
            Field("description", text: { $0.description }, "what the author of the profile says about it"),
            Field("organisation", text: { $0.organisation }, "who the author of the profile says to be"),
            Field("profile_type", text: { $0.type }, "PayloadType of the profile: Configuration"),
            Field("payload_types", texts: { $0.payloadTypes }, shown: true, "types of all payloads, in their order"),
            Field(
                "payload_identifiers", .observable(Observable(.profileIdentifier, .installed)),
                texts: { $0.payloadIdentifiers }, "UUID and identifier of each payload"),
            Field(
                "links", .observable(Observable(.url, .mentioned)), texts: { $0.links },
                "web addresses anywhere in the profile"),
            Field(
                "hosts", .observable(Observable(.hostName, .mentioned)), texts: { $0.hosts },
                "servers that payloads name: proxies, VPN, name servers, mail and calendars"),
            Field("installed", "A configuration profile was installed", moment: { $0.installed }),
            Field("removal_disallowed", truth: { $0.isRemovalDisallowed }, "whether its owner can't remove it"),
            Field("is_encrypted", truth: { $0.isEncrypted }, "whether its payloads can't be read here"),
            Field(
                "has_mdm", truth: { $0.holds("com.apple.mdm") }, "whether it hands the device to a management server"),
            Field(
                "in_signed_message", truth: { $0.isInSignedMessage },
                "whether it was wrapped in a signed message; the signature is not verified"),
            Field("signer_certificates", integer: { $0.signerCertificates }, "certificates recorded as its signers'"),
            Field("contents", nested: { $0.contents }, "the whole profile"),
        ]
    }

    /// Where profiles lie since containers of the system have names.
    static let folder =
        "/private/var/containers/Shared/SystemGroup/"
        + "systemgroup.com.apple.configurationprofiles/Library/ConfigurationProfiles/"

    static let card = ArtifactCard(
        "apple.profiles.configuration-profiles", "Configuration profiles",
        summary: "Installed configuration profiles, the types of their payloads and the servers they name",
        places: [
            .device(folder + "profile-*"), .home("Library/ConfigurationProfiles/profile-*"),
            .home("Library/UserConfigurationProfiles/profile-*"),
        ],
        standing: .documented,
        losses: [
            "A profile that was removed is not there",
            "Certificates and passwords of payloads are references to the keychain",
            "Signatures are not verified, and encrypted payloads are not read",
        ],
        references: [appleProfiles])

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let bytes = try file.open().bytes()
        let isInSignedMessage = bytes.first == 0x30
        var profile: PropertyList
        var offset = 0
        if isInSignedMessage {
            (profile, offset) = try propertyList(inMessage: bytes)
            sink.note(
                ParseError(.unsupported, "a profile outside a signed message; the signature is not verified", at: 0))
        } else {
            profile = try PropertyList(parsing: bytes)
        }
        guard profile.dictionary != nil else { throw ParseError(.malformed, "a dictionary", at: offset) }

        var entry = Entry()
        entry.isInSignedMessage = isInSignedMessage
        entry.uuid = profile.text("PayloadUUID", noting: &sink)
        entry.identifier = profile.text("PayloadIdentifier", noting: &sink)
        entry.displayName = profile.text("PayloadDisplayName", noting: &sink)
        entry.description = profile.text("PayloadDescription", noting: &sink)
        entry.organisation = profile.text("PayloadOrganization", noting: &sink)
        entry.type = profile.text("PayloadType", noting: &sink)
        entry.installed = profile.moment("InstallDate", noting: &sink)
        entry.isRemovalDisallowed = profile.truth("PayloadRemovalDisallowed", noting: &sink)
        entry.isEncrypted =
            profile["EncryptedPayloadContent"] != nil || profile.truth("IsEncrypted", noting: &sink) == true
        entry.signerCertificates = profile["SignerCerts"]?.list.map { Int64($0.count) }
        for payload in payloads(of: profile, noting: &sink) {
            if let type = payload.list.text("PayloadType", in: payload.path, noting: &sink) {
                entry.payloadTypes.append(type)
            } else if payload.list["PayloadType"] == nil {
                sink.note(ParseError(.malformed, "a type of the payload", in: payload.path))
            }
            for name in ["PayloadUUID", "PayloadIdentifier"] {
                guard let text = payload.list.text(name, in: payload.path, noting: &sink) else { continue }
                entry.payloadIdentifiers.append(text)
            }
        }
        let addresses = ProfileAddresses(of: profile)
        entry.links = addresses.links
        entry.hosts = addresses.hosts
        entry.contents = profile.value
        try sink.emit(entry, at: .offset(offset))
    }

    /// Every payload, also those of the profile that enrolled the device, and what to call them in a note.
    private static func payloads(
        of profile: PropertyList, noting sink: inout some RecordSink
    ) -> [(list: PropertyList, path: String)] {
        var found: [(list: PropertyList, path: String)] = []
        let holders: [(PropertyList?, String)] = [
            (profile, "PayloadContent"), (profile["OTAProfileStub"], "OTAProfileStub/PayloadContent"),
        ]
        for (holder, path) in holders {
            switch holder?["PayloadContent"] {
            case nil, .null: break
            case .list(let values):
                for (index, value) in values.enumerated() {
                    if value.dictionary != nil {
                        found.append((value, "\(path), payload \(index)"))
                    } else {
                        sink.note(ParseError(.malformed, "a dictionary", in: "\(path), payload \(index)"))
                    }
                }
            // A profile that only fetches another one holds the address here, and a payload without a type.
            case .some(let value) where value.dictionary != nil:
                if value["PayloadType"] != nil { found.append((value, path)) }
            default: sink.note(ParseError(.malformed, "a list of payloads", in: path))
            }
        }
        return found
    }

    /// The property list in XML that a signed message holds in one piece, and where it begins.
    private static func propertyList(inMessage bytes: [UInt8]) throws(ParseError) -> (PropertyList, Int) {
        let head = first(of: "<?xml", in: bytes, from: 0) ?? first(of: "<plist", in: bytes, from: 0)
        guard let head else { throw ParseError(.unsupported, "a property list in XML inside the signed message") }
        let close: StaticString = "</plist>"
        var end: Int?
        var position = head
        while let next = first(of: close, in: bytes, from: position) {
            end = next + close.utf8CodeUnitCount
            position = next + 1
        }
        guard let end else { throw ParseError(.truncated, "the end of the property list", at: bytes.count) }
        do throws(ParseError) {
            return (try PropertyList(parsing: Array(bytes[head..<end])), head)
        } catch {
            throw ParseError(error.kind, error.expected, at: error.offset.map { head + $0 }, in: "the signed message")
        }
    }

    private static func first(of text: StaticString, in bytes: [UInt8], from start: Int) -> Int? {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard start >= 0, bytes.count - wanted.count >= start else { return nil }
        for index in start...bytes.count - wanted.count
        where bytes[index] == wanted[0] && bytes[index..<index + wanted.count].elementsEqual(wanted) {
            return index
        }
        return nil
    }
}
