import ArgumentParser
import Foundation
import IndicatorStore
import Indicators
import Primitives

extension IndicatorsCommand {
    /// What the indicators raise where nothing should be raised.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare the indicators with the paths of a device that nobody suspects.",
            discussion: """
                The list has a device path in each line, or is a table (CSV) whose first column is named 'path'. What \
                agrees with an indicator says that the indicator is too broad, or that the device is not what it is \
                taken for.

                EXAMPLES
                  bridle indicators test --clean paths.txt
                  find extraction -printf '/%P\\n' | bridle indicators test --clean - -i new.stix2

                EXIT CODES
                  0   nothing agreed
                  10  something agreed
                """)

        @Option(help: ArgumentHelp("A list of device paths; '-' is standard input.", valueName: "pathlist"))
        var clean: String

        @OptionGroup var options: IndicatorOptions

        func run() throws {
            let loaded = try options.load()
            var measure = CleanList(loaded.set)
            try Test.lines(of: clean) { measure.add(line: $0) }
            guard measure.examined > 0 else {
                throw Failure(
                    .data,
                    "\(clean.printableName) holds no paths: expected one in each line, or a table whose first column is "
                        + "named 'path'.")
            }
            for hit in measure.hits.prefix(100) {
                Terminal.say(
                    "line \(hit.line): \(hit.path.printableName)\n    \(hit.match.indicator.kind.rawValue) "
                        + "\(hit.match.indicator.value.printableName) (\(hit.match.manner.rawValue)), "
                        + "\((hit.match.indicator.family ?? "no family").printableName), "
                        + hit.match.indicator.source.printableName)
            }
            if measure.hits.count > 100 { Terminal.say("and more") }
            for family in measure.families {
                Terminal.say(
                    "\((family.name ?? "no family named").printableName): \(family.hits.of("path", "paths")) of "
                        + "\(measure.examined.grouped), compared with "
                        + family.indicators.of("indicator", "indicators"))
            }
            if measure.families.isEmpty { Terminal.say("None of the loaded indicators is about paths.") }
            if !measure.hits.isEmpty { throw ExitCode(Exit.found.rawValue) }
        }

        /// Hands over the lines of a file or of standard input, each at most a mebibyte long.
        private static func lines(
            of path: String, _ take: (UnsafeBufferPointer<UInt8>) -> Void
        ) throws(Failure) {
            let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw Failure(
                    .noInput,
                    "The list \(path.printableName) can't be read: \(String(cString: strerror(errno))).")
            }
            defer { if descriptor != STDIN_FILENO { close(descriptor) } }
            var line: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 1 << 20)
            while true {
                let length = read(descriptor, &buffer, buffer.count)
                if length < 0, errno == EINTR { continue }
                guard length >= 0 else {
                    throw Failure(
                        .noInput,
                        "The list \(path.printableName) can't be read: \(String(cString: strerror(errno))).")
                }
                guard length > 0 else { break }
                guard !buffer[..<length].contains(0) else {
                    throw Failure(
                        .data,
                        "\(path.printableName) is no list of paths: it is no text. Unpack it first if it is an archive."
                    )
                }
                for byte in buffer[..<length] {
                    if byte == UInt8(ascii: "\n") {
                        line.withUnsafeBufferPointer(take)
                        line.removeAll(keepingCapacity: true)
                    } else if line.count < 1 << 20 {
                        line.append(byte)
                    }
                }
            }
            if !line.isEmpty { line.withUnsafeBufferPointer(take) }
        }
    }
}
