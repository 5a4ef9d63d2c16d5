import Analysis
import AppleArtifacts
import ArgumentParser
import ArtifactModel
import EvidenceSources
import Primitives

/// `bridle inspect EVIDENCE`
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what the evidence is and which artefacts it holds; write nothing.",
        discussion: """
            Without a password an encrypted backup tells only what its property lists say; inspect does not ask for one.

            EXAMPLES
              bridle inspect ~/Backups
              bridle inspect encrypted/ --password-file password.txt
            """)

    @Argument(
        help: ArgumentHelp(
            "A backup folder, a device's file system (folder, tar, zip), or a folder above exactly one of these.",
            valueName: "evidence"))
    var evidence: String

    @OptionGroup var evidenceOptions: EvidenceOptions

    func run() async throws {
        let summary: EvidenceSummary
        do {
            summary = try EvidenceOpener.describe(evidence)
        } catch {
            throw Failure(error)
        }
        Terminal.say(InspectCommand.lines(summary))
        guard !summary.isEncrypted || evidenceOptions.isGiven else {
            Terminal.say("\nEncrypted. Which artefacts it holds can be said with its password or key; see --help.")
            return
        }
        let opened = try await evidenceOptions.open(evidence, showsProgress: Terminal.showsProgress)
        Terminal.say("\nArtefacts")
        for artifact in AppleArtifactsCatalog.artifacts {
            let card = artifact.card
            let files: [EvidenceFile]
            do {
                files = try card.places.flatMap { try opened.files(at: $0) }
            } catch {
                Terminal.say("  \(card.title): can't be looked up (\(error))")
                continue
            }
            let sizes = files.map { file in (try? file.open().count) ?? -1 }
            let readable = sizes.filter { $0 >= 0 }
            var words = readable.isEmpty ? "not there" : "\(InspectCommand.sum(readable).grouped) bytes"
            if readable.count > 1 { words += " in \(readable.count) files" }
            if readable.count < sizes.count { words += ", \(sizes.count - readable.count) listed and not readable" }
            Terminal.say("  \(card.title): \(words)")
        }
    }

    /// The sum, or the largest number there is: a file full of holes can call itself larger than any disk.
    private static func sum(_ sizes: [Int]) -> Int {
        sizes.reduce(0) { $0 > .max - $1 ? .max : $0 + $1 }
    }

    /// What the evidence is, a fact a line.
    static func lines(_ summary: EvidenceSummary) -> String {
        let device = summary.device
        let facts: [(String, String?)] = [
            ("Evidence", summary.path), ("Found in", summary.location == summary.path ? nil : summary.location),
            ("Kind", summary.kind), ("Encrypted", summary.isEncrypted ? "yes" : "no"),
            ("Taken", summary.taken?.description), ("Device", device.name), ("Model", device.model),
            ("System", device.system), ("Release", summary.releaseStanding), ("Serial number", device.serialNumber),
            ("IMEI", device.imei), ("Phone number", device.phoneNumber),
            ("Identifier", device.identifier),
        ]
        var lines = facts.compactMap { name, value in
            value.map { name.padding(to: 14) + " " + $0.printableName }
        }
        lines += summary.remarks.map { "Remark         " + $0.printable }
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// The text with spaces behind it up to a number of characters.
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
