import Analysis
import AppleArtifacts
import CaseModel
import Foundation
import Indicators
import Primitives
import Reports
import Synchronization

/// One recheck, from a stored case to a new version of it.
struct RecheckRun {
    let path: String
    let indicators: LoadedIndicators
    let options: AnalysisOptions
    /// Whether no indicators are asked.
    let rulesOnly: Bool
    let output: String
    let force: Bool
    let showsProgress: Bool
    /// The other cases, which nothing may be written into.
    let cases: [String]

    /// What came of it.
    struct Outcome {
        let report: CaseReport
        /// What could not be read of the earlier case.
        let problems: [String]
        /// Of how many findings what people said stands at another one now.
        let movedAnnotations: Int
        let isInterrupted: Bool
    }

    /// The folder that a second interruption puts away.
    private final class Held: Sendable {
        let folder = Mutex<CaseFolder?>(nil)
        func discard() { folder.withLock { $0 }?.discard() }
    }

    /// Runs it. Interrupted, it writes what it has, marked incomplete.
    func run() async throws(Failure) -> Outcome {
        let progress = RunProgress()
        let held = Held()
        let interruption = Interruption(ends: false, last: { held.discard() }) {
            progress.stop()
            Terminal.remark("\nStopping; what was judged so far is kept and marked incomplete. Again to stop at once.")
        }
        defer { interruption.cancel() }
        do {
            let folder = try CaseFolder(output, force: force, outside: cases)
            held.folder.withLock { $0 = folder }
            let (report, result) = try await run(into: folder, progress)
            return Outcome(
                report: report, problems: result.problems, movedAnnotations: result.movedAnnotations,
                isInterrupted: progress.isStopped)
        } catch let error as RecheckError {
            held.discard()
            throw Failure(.data, error.description)
        } catch {
            held.discard()
            throw Failure(error)
        }
    }

    private func run(
        into folder: CaseFolder, _ progress: RunProgress
    ) async throws -> (report: CaseReport, result: RecheckResult) {
        let started = CheckRun.now
        let bar = ProgressBar(progress, isShown: showsProgress)
        let result: RecheckResult
        do {
            defer { bar.finish() }
            result = try await recheck(
                path, AppleArtifactsCatalog.artifacts, indicators: indicators.set,
                patterns: PatternSet(indicators.patterns), options: options, folder: folder, progress: progress,
                version: Bridle.version, rulesOnly: rulesOnly)
        }
        var report = result.report
        report.toolVersion = Bridle.version
        report.started = started
        report.ended = CheckRun.now
        if !rulesOnly { report.indicatorSources = indicators.sources }
        var text = TextBuffer()
        report.write(json: &text)
        try folder.write("case.json", text.bytes)
        // What people said of findings holds where the findings are the same.
        if result.hasAnnotations { report = try StoredCase.read(folder.staging) }
        try folder.write("report.html", HTMLReport.bytes(of: report))
        try folder.write("run.log", RunLog.bytes(of: report))
        try folder.publish()
        return (report, result)
    }
}
