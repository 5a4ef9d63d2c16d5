import ArgumentParser
import Foundation
import IndicatorStore
import Indicators

extension Benchmarks {
    /// How fast a large STIX bundle becomes a set of indicators.
    struct Bundles: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "bundle",
            abstract: "Measure the load of a large STIX bundle: reading, compiling, memory.",
            discussion: """
                The bundle is written first and kept in the folder, so that other tools can read the same. Each figure is \
                CPU time of this process, user and system; one load a process, so that its peak of memory is its own.

                Instructions are counted by valgrind, which can't read the symbols of the command as it is built:
                  strip --strip-debug -o /tmp/benchmarks .build/release/bridle-benchmarks
                  valgrind --tool=callgrind /tmp/benchmarks bundle --count 100000

                EXAMPLES
                  bridle-benchmarks bundle --count 1000000
                  bridle-benchmarks bundle --count 1000000 --relationships
                """)

        @Option(help: "How many indicators.") var count: Int = 1_000_000
        @Flag(help: "Say of each indicator in an object of its own what it indicates, as many publishers do.")
        var relationships = false
        @Option(help: "Where the bundle is written.") var folder: String = NSTemporaryDirectory() + "bridle-indicators"

        func run() throws {
            let name = "synthetic-\(count)\(relationships ? "-related" : "").stix2"
            let path = folder + "/" + name
            if !FileManager.default.fileExists(atPath: path) { try write(path) }
            let source = try FileBytes(path)
            var builder = IndicatorSet.Builder()
            let start = ProcessClock.seconds
            let file = IndicatorFile.load(source, name: name, into: &builder)
            let read = ProcessClock.seconds
            let set = builder.build()
            let built = ProcessClock.seconds
            let size = source.count / 1_000_000
            print(
                "read \(size) MB: \(ProcessClock.text(read - start)) CPU; compiled: \(ProcessClock.text(built - read)); "
                    + "together \(ProcessClock.text(built - start)); peak \(ProcessClock.peakMegabytes) MB; "
                    + "\(file.count) indicators, \(file.problems.count) problems, digest \(set.digest.prefix(16))")
        }

        private func write(_ path: String) throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let scratch = path + ".part"
            guard FileManager.default.createFile(atPath: scratch, contents: nil),
                let output = FileHandle(forWritingAtPath: scratch)
            else { throw ValidationError("\(scratch) can't be written.") }
            let maker = "identity--22222222-2222-4222-8222-222222222222"
            let malware = "malware--11111111-1111-4111-8111-111111111111"
            var text = """
                {"type":"bundle","id":"bundle--33333333-3333-4333-8333-333333333333","objects":[
                {"type":"identity","spec_version":"2.1","id":"\(maker)","name":"Synthetic","identity_class":"organization"},
                {"type":"malware","spec_version":"2.1","id":"\(malware)","name":"Imaginary","is_family":true}
                """
            for number in 0..<count {
                let domain = SyntheticNames.domain(number)
                let digits = SyntheticNames.digits(number ^ 0x5555)
                let uuid =
                    "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(4))-4\(digits.dropFirst(12).prefix(3))-8000-00\(digits.prefix(10))"
                let indicator = "indicator--\(uuid)"
                text += """
                    ,
                    {"type":"indicator","spec_version":"2.1","id":"\(indicator)","created_by_ref":"\(maker)",\
                    "created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"\(domain)",\
                    "indicator_types":["malicious-activity"],"pattern":"[domain-name:value='\(domain)']",\
                    "pattern_type":"stix","pattern_version":"2.1","valid_from":"2026-01-01T00:00:00Z"}
                    """
                if relationships {
                    text += """
                        ,
                        {"type":"relationship","spec_version":"2.1","id":"relationship--\(uuid)","created_by_ref":"\(maker)",\
                        "created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z",\
                        "relationship_type":"indicates","source_ref":"\(indicator)","target_ref":"\(malware)"}
                        """
                }
                if text.utf8.count > 1 << 20 {
                    try output.write(contentsOf: Data(text.utf8))
                    text = ""
                }
            }
            try output.write(contentsOf: Data((text + "\n]}\n").utf8))
            try output.close()
            try FileManager.default.moveItem(atPath: scratch, toPath: path)
        }
    }
}
