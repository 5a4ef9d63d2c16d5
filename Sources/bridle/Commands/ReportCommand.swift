import Analysis
import ArgumentParser
import CaseModel
import Foundation
import Primitives
import Reports

/// `bridle report CASE`
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the report of a stored case again, with what people said of its findings.",
        discussion: """
            The evidence is not needed. Only report.html is replaced; the case itself stays as it is.

            EXAMPLES
              bridle report case/
              bridle report case/ --json | jq .verdict

            EXIT CODES
              0    done
              20   done, and something of the case is damaged; the report says what
              65   not a case
              66   no such folder
              73   the report can't be written
            """)

    @OptionGroup var caseArgument: CaseArgument

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @Flag(help: "Print nothing but errors and, with --json, the summary.")
    var quiet = false

    func run() throws {
        let folder = try caseArgument.folder()
        let report: CaseReport
        do throws(OutputError) {
            report = try StoredCase.read(folder)
        } catch {
            throw Failure(.data, "The case can't be read from \(error.path.printableName): \(error.reason).")
        }
        // Beside its final name first: a full disk must not leave half a report under it.
        let partial = "\(folder)/\(ReportCommand.beginning)\(ProcessInfo.processInfo.processIdentifier)"
        let interruption = Interruption { unlink(partial) }
        defer { interruption.cancel() }
        ReportCommand.removeRemains(in: folder)
        do throws(OutputError) {
            let file = try OutputFile(creating: partial)
            file.append(try ReportCommand.page(of: report))
            try file.close()
        } catch {
            unlink(partial)
            throw Failure(error)
        }
        guard rename(partial, folder + "/report.html") == 0 else {
            let cause = errno
            unlink(partial)
            throw Failure(
                .cantCreate,
                "\(folder.printableName)/report.html can't be written: \(String(cString: strerror(cause))).")
        }
        for problem in report.caseProblems where !quiet { Terminal.remark(problem.printable) }
        if json {
            Terminal.say(SummaryJSON.bytes(of: report))
        } else if !quiet {
            Terminal.say(
                Array(
                    SummaryText.lines(of: report, color: Terminal.showsColor, width: min(Terminal.width, 110)).utf8))
            Terminal.say("\nReport: \(folder.printable)/report.html")
        }
        if !report.caseProblems.isEmpty { throw ExitCode(Exit.damaged.rawValue) }
    }

    /// How the name of a report begins that is being written; the number of the process follows.
    private static let beginning = ".report.html.partial-"

    /// Removes what processes left behind that were killed while they wrote.
    private static func removeRemains(in folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard name.hasPrefix(beginning), let process = Int32(name.dropFirst(beginning.count)), process > 0,
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            unlink(folder + "/" + name)
        }
    }

    private static func page(of report: CaseReport) throws(OutputError) -> [UInt8] {
        do {
            return try HTMLReport.bytes(of: report)
        } catch {
            throw OutputError("report.html", "\(error)")
        }
    }
}
