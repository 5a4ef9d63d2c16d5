import Analysis
import AppleArtifacts
import ArtifactModel
import CaseModel
import Foundation
import Indicators
import Primitives
import Reports

/// One check from opened evidence to a finished case: what `check` and `demo` share.
struct CheckRun {
    let evidence: any Evidence
    let indicators: LoadedIndicators
    var artifacts: [any Artifact.Type] = AppleArtifactsCatalog.artifacts
    var options = AnalysisOptions()
    /// Where the case goes, if anywhere, and whether an older one is replaced.
    var output: String?
    var force = false
    var showsProgress = false

    /// Runs the check. Interrupted, it still writes what it has, marked incomplete.
    func run() async throws(Failure) -> CaseReport {
        do {
            let folder = try output.map { try CaseFolder($0, force: force, outside: evidence.summary.path) }
            do {
                return try await run(into: folder)
            } catch {
                folder?.discard()
                throw error
            }
        } catch {
            throw Failure(error)
        }
    }

    private func run(into folder: CaseFolder?) async throws -> CaseReport {
        let started = CheckRun.now
        let progress = RunProgress()
        let interruption = Interruption(ends: false, last: { folder?.discard() }) {
            progress.stop()
            Terminal.remark("\nStopping; what was read so far is kept and marked incomplete. Again to stop at once.")
        }
        defer { interruption.cancel() }
        let bar = ProgressBar(progress, isShown: showsProgress)
        let result: AnalysisResult
        do {
            defer { bar.finish() }
            result = try await analyze(
                artifacts, in: evidence, indicators: indicators.set, options: options, folder: folder,
                progress: progress)
        }
        let report = CaseReport(
            toolVersion: Bridle.version, evidence: evidence.summary, started: started, ended: CheckRun.now,
            indicatorSources: indicators.sources, indicatorDigest: indicators.set.digest, coverage: result.coverage,
            counts: result.counts, findings: result.findings, verdict: result.verdict, isComplete: result.isComplete)
        if let folder {
            var text = TextBuffer()
            report.write(json: &text)
            try folder.write("case.json", text.bytes)
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
