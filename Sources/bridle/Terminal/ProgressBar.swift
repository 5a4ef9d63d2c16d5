import Analysis
import Foundation
import Synchronization

/// Shows on standard error what is being read, how fast, and how long it will take.
///
/// A thread of its own: the tasks of an analysis keep the others busy.
final class ProgressBar: Sendable {
    private let finished = Atomic<Bool>(false)
    private let ended = DispatchSemaphore(value: 0)
    private let isShown: Bool

    /// Begins to show a run, if a person looks.
    init(_ progress: RunProgress, isShown: Bool) {
        self.isShown = isShown
        guard isShown else { return }
        let thread = Thread { [self] in
            let start = ContinuousClock.now
            while !finished.load(ordering: .relaxed) {
                Thread.sleep(forTimeInterval: 0.1)
                ProgressBar.write(ProgressBar.line(progress, since: start))
            }
            ProgressBar.write("")
            ended.signal()
        }
        thread.start()
    }

    /// Shows a fraction of something that is not an analysis.
    static func show(_ title: String, _ fraction: Double) {
        write("\(bar(fraction)) \(Int(min(max(fraction, 0), 1) * 100)) %  \(title)")
    }

    /// Takes the bar away.
    static func clear() { write("") }

    /// Ends the bar and waits until it is gone.
    func finish() {
        guard isShown else { return }
        finished.store(true, ordering: .relaxed)
        ended.wait()
    }

    private static func line(_ progress: RunProgress, since start: ContinuousClock.Instant) -> String {
        let elapsed = Double((ContinuousClock.now - start).components.seconds) + 0.05
        let fraction = min(1, Double(progress.readBytes) / Double(max(progress.totalBytes, 1)))
        let rate = Double(progress.readBytes) / elapsed / 1_000_000
        var text = "\(bar(fraction)) \(Int(fraction * 100)) %  \(progress.records.grouped) records"
        if elapsed > 1 { text += "  \(Int(rate)) MB/s" }
        if elapsed > 2, fraction > 0.02, fraction < 1 {
            let left = Int(elapsed / fraction - elapsed)
            text += "  \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
        }
        return text + "  " + progress.current
    }

    private static func bar(_ fraction: Double) -> String {
        let full = Int(min(max(fraction, 0), 1) * 24)
        return "[" + String(repeating: "#", count: full) + String(repeating: "-", count: 24 - full) + "]"
    }

    private static func write(_ line: String) {
        // Back to the start, the line, and what is left of the one before erased.
        let columns = min(118, Terminal.width(of: STDERR_FILENO) - 1)
        Terminal.write(Array("\r\(line.prefix(columns))\u{1B}[K".utf8), to: STDERR_FILENO)
    }
}
