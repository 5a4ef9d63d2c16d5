import Foundation

/// Asks for a password at the terminal, without showing it.
enum PasswordPrompt {
    /// The password, or nothing if there is no terminal to ask at.
    static func ask(_ question: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var settings = termios()
        guard tcgetattr(terminal, &settings) == 0 else { return nil }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        // Set before the question is shown, so that nothing typed early is seen either.
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer { tcsetattr(terminal, TCSAFLUSH, &settings) }
        // An interrupt must not leave the terminal without echo.
        let restore = Interruption { [settings] in
            var shown = settings
            tcsetattr(terminal, TCSANOW, &shown)
        }
        defer { restore.cancel() }
        write(question, to: terminal)
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < 4_096, read(terminal, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
        write("\n", to: terminal)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ text: String, to terminal: Int32) {
        let bytes = Array(text.utf8)
        _ = Foundation.write(terminal, bytes, bytes.count)
    }
}
