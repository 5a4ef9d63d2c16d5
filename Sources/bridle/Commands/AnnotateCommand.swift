import Analysis
import ArgumentParser
import CaseModel
import Foundation
import Primitives

/// `bridle annotate CASE FINDING --suppress|--dispute|--confirm|--withdraw --reason TEXT --by NAME`
struct AnnotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate",
        abstract: "Suppress, dispute or confirm a finding of a case, with a reason and a name.",
        discussion: """
            What people say of findings is added to annotations.jsonl in the case folder and never changes a finding. \
            A suppressed finding does not count and stays in the report with the reason. Only an annotation sets the \
            verdict 'Confirmed by an expert'. 'bridle report' writes the report again.

            EXAMPLES
              bridle annotate case/ --list
              bridle annotate case/ 3f9a --suppress --reason "Own test account" --by "A. Analyst"
              bridle annotate case/ 3f9a --confirm --reason "Second lab agrees" --by "A. Analyst, Lab"
              bridle report case/

            EXIT CODES
              0    done
              20   something of the case is damaged (with --list)
              64   wrong use, or no such finding, or several
              65   not a case
              66   no such folder
              73   the case can't be written to
            """)

    @OptionGroup var caseArgument: CaseArgument

    @Argument(help: ArgumentHelp("The finding's identifier, or a unique beginning of it.", valueName: "finding"))
    var finding: String?

    @Flag(help: "It does not count in this case.")
    var suppress = false

    @Flag(help: "Somebody disagrees with it; it still counts.")
    var dispute = false

    @Flag(help: "An expert looked and confirms it.")
    var confirm = false

    @Flag(help: "What was said of it before no longer holds.")
    var withdraw = false

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("Who says so.", valueName: "name"))
    var by: String?

    @Flag(help: "List what was said in this case.")
    var list = false

    func run() throws {
        let folder = try caseArgument.folder()
        let chosen = zip([suppress, dispute, confirm, withdraw], Annotation.Action.allCases).filter(\.0).map(\.1)
        if list {
            guard chosen.isEmpty, finding == nil else {
                throw Failure(.usage, "--list stands alone: it takes a case and nothing else.")
            }
            return try show(folder)
        }
        guard let finding else { throw Failure(.usage, "Name a finding, or use --list.") }
        guard chosen.count == 1, let action = chosen.first else {
            throw Failure(.usage, "Give exactly one of --suppress, --dispute, --confirm and --withdraw.")
        }
        let reason = try AnnotateCommand.text(reason, "--reason", limit: Annotation.reasonLimit)
        let author = try AnnotateCommand.text(by, "--by", limit: Annotation.authorLimit)
        let identifier = try AnnotateCommand.identifier(finding, in: folder)
        let before = Annotations(AnnotationFile.read(in: folder).annotations).standing(of: identifier)
        if action == .withdraw, before.isEmpty {
            throw Failure(.usage, "Nothing holds of this finding that could be withdrawn.")
        }
        do throws(OutputError) {
            try AnnotationFile.append(
                Annotation(
                    finding: identifier, action: action, reason: reason, author: author, moment: CheckRun.now),
                in: folder)
        } catch {
            throw Failure(error)
        }
        Terminal.say("\(identifier): \(action.past) by \(author.printable). 'bridle report' writes the report again.")
    }

    private func show(_ folder: String) throws {
        let content = AnnotationFile.read(in: folder)
        let annotations = Annotations(content.annotations)
        if content.annotations.isEmpty { Terminal.say("Nothing was said of any finding of this case.") }
        for (annotation, holds) in annotations.judged {
            let note = annotation.action == .withdraw || holds ? "" : " (no longer holds)"
            Terminal.say(
                "\(annotation.finding)  \(annotation.action.past)\(note), \(annotation.moment), by "
                    + "\(annotation.author.printable): \(annotation.reason.printable)")
        }
        for problem in content.problems { Terminal.remark(problem.printable) }
        if !content.problems.isEmpty { throw ExitCode(Exit.damaged.rawValue) }
    }

    /// A text that a person must give: not empty, not too long, one line.
    private static func text(_ text: String?, _ option: String, limit: Int) throws -> String {
        let trimmed = (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !trimmed.isEmpty else {
            throw Failure(.usage, "\(option) is needed: what is said of a finding has a reason and a name.")
        }
        guard trimmed.utf8.count <= limit else { throw Failure(.usage, "\(option) takes at most \(limit) bytes.") }
        return trimmed
    }

    /// The identifier that a text is the beginning of.
    private static func identifier(_ text: String, in folder: String) throws -> String {
        let wanted = text.lowercased()
        guard wanted.utf8.count <= 32, wanted.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else {
            throw Failure(
                .usage,
                "'\(text.printableName)' is no identifier of a finding: up to 32 hexadecimal digits are expected, as "
                    + "in findings.jsonl and in the report.")
        }
        let found: [String]
        do throws(OutputError) {
            found = try StoredCase.identifiers(beginningWith: wanted, in: folder, limit: 3)
        } catch {
            throw Failure(.data, "The findings of the case can't be read: \(error.reason).")
        }
        guard let first = found.first else {
            throw Failure(.usage, "The case has no finding whose identifier begins with '\(text.printableName)'.")
        }
        guard found.count == 1 else {
            throw Failure(
                .usage,
                "Several findings begin with '\(text.printableName)', among them \(found.joined(separator: ", ")). "
                    + "Give more digits.")
        }
        return first
    }
}

extension Annotation.Action {
    /// What was done, for a list.
    var past: String {
        switch self {
        case .suppress: "suppressed"
        case .dispute: "disputed"
        case .confirm: "confirmed"
        case .withdraw: "withdrawn"
        }
    }
}
