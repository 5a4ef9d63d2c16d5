import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The matches of one correlation in their order, in a file that can be read more than once.
final class MatchStream {
    private let path: String
    private let output: OutputFile
    /// How many matches there are.
    private(set) var count = 0

    init(creating path: String) throws(OutputError) {
        self.path = path
        output = try OutputFile(creating: path)
    }

    deinit { unlink(path) }

    func append(_ key: UInt64, _ line: UnsafeBufferPointer<UInt8>) {
        RunReader.write(key: key, tie: 0, line, to: output)
        count += 1
    }

    func close() throws(OutputError) { try output.close() }

    /// Hands over all matches with their numbers, until `take` answers no.
    func read(
        _ take: (_ number: Int, _ line: UnsafeBufferPointer<UInt8>, _ parts: MatchLine.Parts) -> Bool
    ) throws(OutputError) {
        let reader = try RunReader(path)
        var number = 0
        while reader.next() {
            let goesOn = reader.withBytes { bytes in
                let place = reader.line
                let line = UnsafeBufferPointer(rebasing: bytes[place.start..<place.start + place.count])
                return MatchLine.parts(line).map { take(number, line, $0) } ?? true
            }
            number += 1
            if !goesOn { return }
        }
        if let failure = reader.failure { throw failure }
    }
}
