import ArtifactModel
import FileFormats
import Primitives

/// The files that arrived with messages or were sent, by what they really hold: first bytes, size, hash.
///
/// A name and a declared type are what a sender chose; the first bytes are what a decoder acts on.
///
/// - SeeAlso: <https://citizenlab.ca/2021/09/forcedentry-nso-group-imessage-zero-click-exploit-captured-in-the-wild/>
enum AttachmentFiles: Artifact {
    struct Entry: Record {
        var path: String
        var name: String
        var size: Int64
        var status: FileStatus
        var type: ContentType?
        var isMismatched = false
        var digest: String?
        var pass: PassContents?
        var hasExpression = false
        var rules: [String] = []

        static let fields: [Field<Self>] = [
            Field(
                "path", .observable(Observable(.filePath, .attempted)), text: { $0.path },
                "absolute path on the device"),
            Field("name", text: { $0.name }, shown: true, "the last part of the path"),
            Field("size", integer: { $0.size }, "bytes of the content"),
            Field("created", "A file of a message was stored", moment: { $0.status.created }),
            Field("modified", "A file of a message last changed", moment: { $0.status.modified }),
            Field(
                "detected_type", text: { $0.type?.rawValue }, shown: true,
                "what the first bytes show; absent if they show none of the known types"),
            Field(
                "type_mismatch", truth: { $0.isMismatched },
                "whether the extension of the name promises other types than the detected one"),
            Field(
                "sha256", .observable(Observable(.fileHash, .attempted)), text: { $0.digest },
                "SHA-256 of the content, decrypted where the container encrypts; hexadecimal digits"),
            Field("pass_files", integer: { $0.pass.map { Int64($0.files) } }, "files in a Wallet pass"),
            Field(
                "pass_description_size", integer: { $0.pass?.descriptionSize.map(Int64.init) },
                "bytes of the pass.json in a Wallet pass"),
            Field(
                "pass_has_disguised_picture", truth: { $0.pass?.hasDisguisedPicture },
                "whether a file in the pass is WebP under another extension"),
            Field(
                "has_expression", truth: { $0.hasExpression },
                "whether the content holds the text of an archived expression that calls functions"),
            Field("yara_rules", texts: { $0.rules }, shown: true, "rules of the analyst that the content agrees with"),
        ]
    }

    static let card = ArtifactCard(
        "apple.messages.attachment-files", "Files of messages",
        summary: "Files that came with messages: type by content, size, hash, and what Wallet passes hold",
        places: [
            .home("Library/SMS/Attachments/*/*/*/*"),
            .applicationGroup("group.net.whatsapp.WhatsApp.shared", "Message/Media/*/*/*/*"),
            .device("/private/var/tmp/*"),
        ],
        standing: .documented,
        losses: [
            "Files that were deleted, or that stayed in iCloud, are not there to be read",
            "What a file did when it was decoded is recorded elsewhere, if at all",
        ],
        references: [forcedEntry, blastPass])

    static let checks: [Check<Entry>] = [
        Check(
            "gif-that-is-psd-or-pdf", .medium, "A file named .gif is a PSD or PDF document",
            family: "Pegasus", state: .attempted,
            meaning: "The first bytes of a file of a message are those of a PSD or PDF document, and its name ends in "
                + ".gif. The files of the FORCEDENTRY attack of 2021 had this form.",
            limits: "It shows a file with a misleading name. It does not show that a decoder opened it, nor that "
                + "anything came of it.",
            benignCauses: ["A person or an application gave a document the wrong name"],
            nextStep: "Keep the evidence as it is and give it to a laboratory. Look at the message, its sender, and "
                + "crashes of IMTranscoderAgent within the hour. Do not open the file on a phone.",
            references: [forcedEntry],
            matches: { $0.name.lowercased().hasSuffix(".gif") && ($0.type == .psd || $0.type == .pdf) }),
        Check(
            "pass-with-disguised-picture", .medium, "A Wallet pass holds a WebP picture under another extension",
            family: "Pegasus", state: .attempted,
            meaning: "A Wallet pass that came with a message holds a WebP picture whose name says another type. The "
                + "passes of the BLASTPASS attack of 2023 had a logo of this form.",
            limits: "It shows the content of a file that arrived. It does not show that the pass was opened, nor that "
                + "anything came of it.",
            benignCauses: ["Issuers of passes convert pictures without changing the extension"],
            nextStep: "Keep the evidence as it is and give it to a laboratory. Count such passes and compare their "
                + "times with crashes of homed and MessagesBlastDoorService.",
            references: [blastPass, passTalk],
            matches: { $0.pass?.hasDisguisedPicture == true }),
        Check(
            "pass-with-expression", .high, "A Wallet pass holds an archived expression that calls functions",
            family: "Pegasus", state: .attempted,
            meaning: "A Wallet pass that came with a message holds the text of an expression that calls functions when "
                + "it is evaluated. That is no part of a pass; the passes of the BLASTPASS attack of 2023 carried one.",
            limits: "It shows the content of a file that arrived. It does not show that the expression was evaluated.",
            benignCauses: ["None is known"],
            nextStep: "Keep the evidence as it is, do not open the pass, and give it to a laboratory today.",
            references: [blastPass, passTalk],
            matches: { $0.pass?.hasExpression == true }),
        Check(
            "picture-with-expression", .high, "A picture or document holds an archived expression that calls functions",
            family: "Pegasus", state: .attempted,
            meaning: "A file of a message holds the text of an expression that calls functions when it is evaluated, "
                + "outside a Wallet pass. The BLASTPASS attack of 2023 carried one in its passes.",
            limits: "It shows the content of a file that arrived. It does not show that the expression was evaluated.",
            benignCauses: ["Source code or a publication about such expressions, sent as a document"],
            nextStep: "Keep the evidence as it is, do not open the file on a phone, and give it to a laboratory.",
            references: [blastPass, passTalk],
            matches: { $0.pass == nil && $0.hasExpression }),
        Check(
            "analyst-rule", .high, "A file of a message agrees with a YARA rule of the analyst", state: .attempted,
            meaning: "The content of a file of a message agrees with a rule of the file that was given with --yara. "
                + "What that means stands in the rule.",
            limits: "It says as much as the rule does, and no more.",
            benignCauses: ["A rule that is wider than its author meant"],
            nextStep: "Read the rule and its source, and look at the file with a laboratory.",
            references: [Reference("YARA", "Documentation", link: "https://yara.readthedocs.io/")],
            matches: { !$0.rules.isEmpty }),
    ]

    private static let forcedEntry = Reference(
        "Citizen Lab", "FORCEDENTRY: NSO Group iMessage Zero-Click Exploit Captured in the Wild", date: "2021-09-13",
        link: "https://citizenlab.ca/2021/09/forcedentry-nso-group-imessage-zero-click-exploit-captured-in-the-wild/")
    private static let blastPass = Reference(
        "Citizen Lab", "BLASTPASS: NSO Group iPhone Zero-Click, Zero-Day Exploit Captured in the Wild",
        date: "2023-09-07",
        link:
            "https://citizenlab.ca/2023/09/blastpass-nso-group-iphone-zero-click-zero-day-exploit-captured-in-the-wild/"
    )
    private static let passTalk = Reference(
        "iVerify", "You Shall Not PASS: Analysing a NSO iOS Spyware Sample, Black Hat Asia", date: "2024")

    /// Larger contents are not searched for expressions, in bytes: pictures of messages are smaller.
    private static let searchLimit = 32 << 20

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        let content = try file.open()
        let start = try content.bytes(in: 0..<ContentType.length)
        let name = file.name
        let suffix = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        let type = ContentType(start)
        var entry = Entry(
            path: file.devicePath, name: name, size: Int64(content.count), status: try file.status(), type: type)
        if suffix.count > 1, let type, let ordinary = ContentType.ordinary(for: String(suffix[suffix.count - 1])) {
            entry.isMismatched = !ordinary.contains(type)
        }
        entry.digest = try file.contentDigest()
        let isPass = suffix.count > 1 && ["pkpass", "pkpasses"].contains(suffix[suffix.count - 1])
        if isPass, type == .zip {
            let pass = try PassContents(content)
            for damage in pass.damage { sink.note(damage) }
            entry.hasExpression = pass.hasExpression
            entry.pass = pass
        } else if type == .webp || type == .binaryPropertyList || entry.isMismatched, content.count <= searchLimit {
            entry.hasExpression = ExpressionMarks.occur(in: try content.bytes(limit: searchLimit))
        }
        if let scanner = evidence.contentScanner {
            do throws(ParseError) {
                entry.rules = try scanner.rules(matching: content)
            } catch {
                sink.note(error)
            }
        }
        try sink.emit(entry, at: .offset(0))
    }
}
