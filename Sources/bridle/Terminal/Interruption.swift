import Foundation
import Synchronization

/// Hears Ctrl-C, the request to end and the end of the terminal, and does something before the command ends.
///
/// A signal handler may do next to nothing, so ours writes one byte into a pipe, and a thread of its own reads it: the
/// tasks of an analysis keep all others busy. A dispatch source was rejected: it wants the signal to be ignored before
/// it listens, and what comes in between is lost.
final class Interruption: Sendable {
    private let ends: Bool
    private let last: @Sendable () -> Void
    private let first: @Sendable () -> Void
    private let count = Atomic<Int>(0)

    /// `first` is run on the first signal. With `ends`, the command then ends with 130; without, only a second signal
    /// ends it, after `last`.
    init(ends: Bool = true, last: @escaping @Sendable () -> Void = {}, first: @escaping @Sendable () -> Void) {
        self.ends = ends
        self.last = last
        self.first = first
        Interruption.listeners.withLock { $0.append(self) }
    }

    /// Stops listening; whoever listened before hears signals again.
    func cancel() { Interruption.listeners.withLock { $0.removeAll { $0 === self } } }

    private func hear() {
        let number = count.add(1, ordering: .relaxed).newValue
        if number == 1 { first() }
        guard ends || number > 1 else { return }
        last()
        Foundation._exit(Exit.interrupted.rawValue)
    }

    /// The newest stands last, and it alone hears a signal.
    private static let listeners = Mutex<[Interruption]>([])

    /// The only thing that the handler touches: where it writes.
    nonisolated(unsafe) private static var pipeEnd: Int32 = -1

    /// Begins to listen for the whole command. While nobody else listens, a signal ends it with 130.
    static func begin() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        pipeEnd = ends[1]
        let reading = ends[0]
        let thread = Thread {
            var byte: UInt8 = 0
            while true {
                let length = read(reading, &byte, 1)
                if length < 0, errno == EINTR { continue }
                guard length == 1 else { return }
                if let listener = listeners.withLock({ $0.last }) {
                    listener.hear()
                } else {
                    Foundation._exit(Exit.interrupted.rawValue)
                }
            }
        }
        thread.start()
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let before = signal(number) { _ in
                let kept = errno
                var byte: UInt8 = 1
                _ = Foundation.write(Interruption.pipeEnd, &byte, 1)
                errno = kept
            }
            // Whoever started us with a signal ignored (nohup, a job in the background) wants it ignored.
            if unsafeBitCast(before, to: Int.self) == 1 { signal(number, SIG_IGN) }
        }
    }
}
