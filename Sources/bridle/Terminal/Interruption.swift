import Dispatch
import Foundation

/// Hears Ctrl-C and the request to end, and does something before the command ends.
///
/// Its own queue, because the tasks of an analysis keep all others busy.
final class Interruption: @unchecked Sendable {
    private let sources: [any DispatchSourceSignal]

    /// `first` is run on the first signal. With `ends`, the command then ends with 130; without, only a second signal
    /// ends it, after `last`.
    init(ends: Bool = true, last: @escaping @Sendable () -> Void = {}, first: @escaping () -> Void) {
        let queue = DispatchQueue(label: "bridle.interruption")
        nonisolated(unsafe) let first = first
        nonisolated(unsafe) var count = 0
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                count += 1
                if count == 1 { first() }
                if ends || count > 1 {
                    last()
                    Foundation._exit(Exit.interrupted.rawValue)
                }
            }
            source.resume()
            return source
        }
    }

    /// Stops listening; signals do again what they did before.
    func cancel() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
