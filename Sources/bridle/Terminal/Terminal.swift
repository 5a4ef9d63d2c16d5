import Foundation
import Primitives

/// Standard output carries the result, standard error everything else.
enum Terminal {
    /// Writes a result.
    static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    /// Writes bytes of a result.
    static func say(_ bytes: [UInt8]) { FileHandle.standardOutput.write(Data(bytes)) }

    /// Writes a remark.
    static func remark(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// Writes what went wrong.
    static func complain(_ text: String) { remark("bridle: " + text) }

    /// Whether a person looks at standard error.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether standard output may carry colours.
    static var showsColor: Bool {
        isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    }

    /// The number of columns of standard output, 100 if nobody knows.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 100 }
        return Int(size.ws_col)
    }
}

extension String {
    /// A name from outside, harmless for a terminal and not longer than a line.
    var printableName: String { String(printable.prefix(200)) }
}

extension Int {
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
