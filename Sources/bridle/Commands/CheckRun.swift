import Analysis
import AppleArtifacts
import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import Reports
import Synchronization

/// One check from opened evidence to a finished case: what `check` and `demo` share.
struct CheckRun {
    let evidence: any Evidence
    let indicators: LoadedIndicators
    var artifacts: [any Artifact.Type] = AppleArtifactsCatalog.artifacts.filter { !$0.isOnRequest }
    var options = AnalysisOptions()
    /// Where the case goes, if anywhere, and whether an older one is replaced.
    var output: String?
    var force = false
    var showsProgress = false
    /// Other evidence that nothing may be written into.
    var otherEvidence: [String] = []

    /// What came of a check.
    struct Outcome {
        /// What was found, and what was looked at.
        let report: CaseReport
        /// Whether somebody asked to stop, even if it was too late to leave anything out.
        let isInterrupted: Bool
    }

    /// The folder that a second interruption puts away.
    private final class Held: Sendable {
        let folder = Mutex<CaseFolder?>(nil)
        func discard() { folder.withLock { $0 }?.discard() }
    }

    /// Runs the check. Interrupted, it still writes what it has, marked incomplete.
    func run() async throws(Failure) -> Outcome {
        let progress = RunProgress()
        let held = Held()
        // Before the folder is made: an interruption must not leave one behind.
        let interruption = Interruption(ends: false, last: { held.discard() }) {
            progress.stop()
            Terminal.remark("\nStopping; what was read so far is kept and marked incomplete. Again to stop at once.")
        }
        defer { interruption.cancel() }
        do {
            let folder = try output.map {
                try CaseFolder($0, force: force, outside: [evidence.summary.location] + otherEvidence)
            }
            held.folder.withLock { $0 = folder }
            let report = try await run(into: folder, progress)
            return Outcome(report: report, isInterrupted: progress.isStopped)
        } catch {
            held.discard()
            throw Failure(error)
        }
    }

    private func run(into folder: CaseFolder?, _ progress: RunProgress) async throws -> CaseReport {
        let started = CheckRun.now
        let bar = ProgressBar(progress, isShown: showsProgress)
        let result: AnalysisResult
        do {
            defer { bar.finish() }
            result = try await analyze(
                artifacts, in: evidence, indicators: indicators.set, patterns: PatternSet(indicators.patterns),
                options: options, folder: folder, progress: progress)
        }
        var report = CaseReport(
            toolVersion: Bridle.version, evidence: evidence.summary, started: started, ended: CheckRun.now,
            indicatorSources: indicators.sources, indicatorDigest: indicators.set.digest, coverage: result.coverage,
            counts: result.counts, findings: result.findings, verdict: result.verdict,
            verdictReasons: Verdict.reasons(for: result.grounds), exposures: result.exposures,
            protection: result.protection, isComplete: result.isComplete)
        report.includesContent = options.includesContent
        if let folder {
            var text = TextBuffer()
            report.write(json: &text)
            try folder.write("case.json", text.bytes)
            // What people said in the case that gives way is theirs, and holds for the new one where findings are the
            // same.
            if try folder.keepAnnotations() { report = try StoredCase.read(folder.staging) }
            try folder.write("report.html", HTMLReport.bytes(of: report))
            try folder.write("run.log", RunLog.bytes(of: report))
            try folder.publish()
        }
        return report
    }

    /// The moment of the analyst's clock.
    static var now: Timestamp {
        Timestamp(unixSeconds: Date().timeIntervalSince1970) ?? Timestamp.unknownNow
    }
}

extension Timestamp {
    /// Stands for a clock that shows a year beyond 9999.
    fileprivate static let unknownNow: Timestamp = {
        guard let moment = Timestamp(unixSeconds: Int64(0)) else { preconditionFailure("1970 is a year") }
        return moment
    }()
}
