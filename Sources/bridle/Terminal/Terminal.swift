import Foundation
import Primitives

/// Standard output carries the result, standard error everything else.
///
/// Written with `write` and not through `FileHandle`, which ends the process with a stack trace when the reader went
/// away or the disk is full.
enum Terminal {
    /// What a shell reports of a program whose reader went away: 128 and the number of SIGPIPE.
    private static let readerIsGone: Int32 = 141

    /// Makes the three standard streams and the signals about them harmless; the first thing that the command does.
    static func begin() {
        // A stream that is closed would be the number of the next file that is opened, evidence or output.
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", O_RDWR)
        }
        // Both are answered where something is written: the command may have a folder to put away first.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Writes a result.
    static func say(_ text: String) { say(Array((text + "\n").utf8)) }

    /// Writes bytes of a result; ends the command if nobody takes them.
    static func say(_ bytes: [UInt8]) {
        guard let cause = write(bytes, to: STDOUT_FILENO) else { return }
        // A reader that went away (`bridle … | head`) ends the command in silence, as everywhere.
        if cause == EPIPE { Foundation._exit(readerIsGone) }
        complain("The result can't be written to standard output: \(String(cString: strerror(cause))).")
        Foundation._exit(Exit.cantCreate.rawValue)
    }

    /// Writes a remark; if nobody takes it, the work goes on all the same.
    static func remark(_ text: String) { _ = write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    /// Writes what went wrong.
    static func complain(_ text: String) { remark("bridle: " + text) }

    /// Writes all bytes, or gives the reason of the operating system why not.
    @discardableResult static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var written = 0
        while written < bytes.count {
            let length = bytes.withUnsafeBytes { memory in
                memory.baseAddress.map { Foundation.write(descriptor, $0 + written, memory.count - written) } ?? 0
            }
            if length >= 0 {
                written += length
            } else if errno == EAGAIN {
                // Somebody else made the stream non-blocking.
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }

    /// Whether a person looks at standard error, at a terminal that can erase a line.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 && !isDumb }

    /// Whether standard output may carry colours; `NO_COLOR` counts unless it is empty (https://no-color.org).
    static var showsColor: Bool {
        isatty(STDOUT_FILENO) == 1 && !isDumb
            && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
    }

    private static var isDumb: Bool { ProcessInfo.processInfo.environment["TERM"] == "dumb" }

    /// The number of columns of standard output, 100 if nobody knows.
    static var width: Int { width(of: STDOUT_FILENO) }

    /// The number of columns of a stream, 100 if nobody knows.
    static func width(of descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 100 }
        return Int(size.ws_col)
    }
}

extension String {
    /// A name from outside, harmless for a terminal and not longer than a line.
    var printableName: String {
        let text = printable
        return text.count > 200 ? text.prefix(199) + "…" : text
    }
}

extension Int {
    /// The number with the right one of two words: "1 file", "1,234 files".
    func of(_ one: String, _ many: String) -> String { "\(grouped) \(self == 1 ? one : many)" }

    /// With a comma between groups of three digits, whatever the locale: `1,234,567`.
    var grouped: String {
        let digits = String(magnitude)
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}
