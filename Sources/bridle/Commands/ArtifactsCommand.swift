import AppleArtifacts
import ArgumentParser
import ArtifactModel

/// `bridle artifacts list`, `bridle artifacts show ID`
struct ArtifactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "artifacts",
        abstract: "The artefacts that are read: places, fields with units, checks, sources.",
        subcommands: [List.self, Show.self], defaultSubcommand: List.self)

    /// One line for each.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the artefacts.", discussion: "EXAMPLE\n  bridle artifacts list")

        @Flag(help: "Write a table in Markdown, as in Documentation/artifacts.md.")
        var markdown = false

        @Flag(
            help: "Write a table in Markdown that compares with the modules of MVT, as in Documentation/comparison.md.")
        var comparison = false

        func run() {
            guard !comparison else { return Terminal.say(PeerModules.table) }
            guard !markdown else { return Terminal.say(ArtifactsCommand.table) }
            for artifact in AppleArtifactsCatalog.artifacts {
                let card = artifact.card
                Terminal.say("\(card.identifier.padding(to: 46)) \(card.summary) (\(card.standing.words))")
            }
        }
    }

    /// Everything about one.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one artefact.", discussion: "EXAMPLE\n  bridle artifacts show apple.web.safari-history")

        @Argument(help: "An identifier, or its last part.")
        var identifier: String

        func run() throws { Terminal.say(ArtifactsCommand.page(try ArtifactChoice.artifact(identifier))) }
    }

    /// All artefacts as a table.
    static var table: String {
        let rows = AppleArtifactsCatalog.artifacts.map { artifact in
            let card = artifact.card
            let places = card.places.map { ($0.root == .container ? "(container) " : "") + "`\($0.pattern)`" }
            let cells = [
                "`\(card.identifier)`", card.summary, card.standing.words, places.joined(separator: "<br>"),
                card.losses.joined(separator: "; "),
            ]
            return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }
        return
            (["| artefact | what it holds | standing | places | what it can't show |", "|---|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }

    /// The page of an artefact, with the fields of its record.
    static func page<A: Artifact>(_ artifact: A.Type) -> String {
        let card = A.card
        var lines = [
            card.identifier, card.title + ": " + card.summary + ".", "", "Standing: " + card.standing.words, "",
        ]
        if A.isOnRequest { lines.insert("Read only when asked for.", at: 2) }
        lines += ["Places"] + card.places.map { "  " + ($0.root == .container ? "(container) " : "") + $0.pattern }
        lines += ["", "Fields"]
        for field in A.Entry.fields {
            var words = field.form.rawValue
            switch field.role {
            case .plain: break
            case .content: words += ", content (only with --include-content)"
            case .observable(let observable): words += ", compared as \(observable.kind.rawValue)"
            case .moment(let heading): words += ", in the timeline as '\(heading)'"
            }
            if !field.note.isEmpty { words += "; " + field.note }
            lines.append("  " + field.name.padding(to: 26) + " " + words)
        }
        if !A.checks.isEmpty { lines += ["", "Checks"] }
        for check in A.checks {
            lines += ["  \(check.identifier) (\(check.severity.word)): \(check.title)", "      \(check.meaning)"]
            lines.append("      Limits: " + check.limits)
        }
        if !A.facts.isEmpty {
            lines += ["", "Says of the device"] + A.facts.map { "  " + $0.kind.rawValue }
        }
        lines += ["", "What it can't show"] + card.losses.map { "  " + $0 }
        lines += ["", "Sources"] + card.references.map { "  " + $0.citation }
        return lines.joined(separator: "\n")
    }
}
