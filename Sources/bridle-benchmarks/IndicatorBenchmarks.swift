import ArgumentParser
import ArtifactModel
import Foundation
import Indicators

extension Benchmarks {
    /// Indicators at scale: building, cache, matching of links, search in text.
    struct IndicatorScale: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "indicators",
            abstract: "Measure a large set of indicators: building, cache, matching, search in text.",
            discussion: """
                Each figure is CPU time of this process, the best of the rounds.

                EXAMPLE
                  bridle-benchmarks indicators --count 1000000
                """)

        @Option(help: "How many indicators.") var count: Int = 1_000_000
        @Option(help: "How many links.") var links: Int = 1_000_000
        @Option(help: "Rounds of matching and searching.") var rounds: Int = 5
        @Option(help: "Where the cache is written.") var folder: String = NSTemporaryDirectory() + "bridle-indicators"

        func run() throws { try IndicatorMeasurement(count: count, links: links, rounds: rounds, folder: folder).run() }
    }
}

/// What the command above measures.
struct IndicatorMeasurement {
    let count: Int
    let links: Int
    let rounds: Int
    let folder: String

    func run() throws {
        var builder = IndicatorSet.Builder()
        var adding = 0.0
        // In pieces, so that making the texts is neither measured nor in the memory.
        for start in stride(from: 0, to: count, by: 10_000) {
            let piece = (start..<min(start + 10_000, count)).map { indicator($0) }
            adding += once { for indicator in piece { builder.add(indicator) } }
        }
        let added = ProcessClock.seconds
        let set = builder.build()
        let building = ProcessClock.seconds - added
        print(
            "added \(count): \(ProcessClock.text(adding)); built: \(ProcessClock.text(building)); "
                + "peak \(ProcessClock.peakMegabytes) MB")

        let cache = IndicatorSet.Cache(folder: folder)
        let inputs = [IndicatorSet.Cache.Input(name: "synthetic", digest: "\(count)")]
        let storing = ProcessClock.seconds
        try cache.store(IndicatorSet.Cache.Content(set: set), for: inputs)
        print("stored: \(ProcessClock.text(ProcessClock.seconds - storing))")
        var mapped = set
        let load = best {
            if let content = cache.content(for: inputs) { mapped = content.set }
        }
        print("mapped: \(load.cpu) CPU, \(load.wall) wall")

        let small = IndicatorSet((0..<1_000).map { indicator($0) })
        measureLinks(
            "links of hosts that come back, as in a history", (0..<links).map { link(visited($0)) }, small, mapped)
        measureLinks("links of as many hosts", (0..<links).map { link($0) }, small, mapped)

        let log = (0..<400_000).map { line($0) }.joined(separator: "\n")
        let bytes = Array(log.utf8)
        for (name, set) in [("1,000", small), ("\(count)", mapped)] {
            var hits = 0
            let search = HostSearch(set)
            let time = best {
                hits = 0
                bytes.withUnsafeBufferPointer { search.forEachHit(in: $0) { _ in hits += 1 } }
            }
            print(
                "search of \(bytes.count >> 20) MB with \(name): \(time.cpu) s, \(Double(bytes.count) / 1e6 / time.cpu) MB/s, \(hits) hits"
            )
        }
    }

    /// Both sets in turns and in pieces, each several times, so that what else the machine does meets both.
    private func measureLinks(_ name: String, _ texts: [String], _ small: IndicatorSet, _ large: IndicatorSet) {
        var sums = (small: 0.0, large: 0.0)
        var found = 0
        for start in stride(from: 0, to: texts.count, by: 20_000) {
            let piece = texts[start..<min(start + 20_000, texts.count)]
            var best = (small: Double.infinity, large: Double.infinity)
            var matches = 0
            for _ in 0..<rounds {
                best.small = min(best.small, once { for text in piece { _ = small.matches(text, as: .url).count } })
                matches = 0
                best.large = min(
                    best.large, once { for text in piece { matches += large.matches(text, as: .url).count } })
            }
            sums.small += best.small
            sums.large += best.large
            found += matches
        }
        print(
            "\(texts.count) \(name): \(sums.small) s with 1,000 indicators, \(sums.large) s with \(count), "
                + "\(sums.large / sums.small) times, \(found) matches")
    }

    // MARK: - Made up

    /// A few hosts very often, many seldom: the third power of an even distribution over a hundred thousand.
    private func visited(_ number: Int) -> Int {
        let even = Double(SyntheticNames.mixed(number ^ 0xABCD) >> 11) / Double(1 << 53)
        return Int(even * even * even * 100_000)
    }

    private func indicator(_ number: Int) -> Indicator {
        let digits = SyntheticNames.digits(number ^ 0x5555)
        let identifier =
            "indicator--\(digits.prefix(8))-\(digits.dropFirst(8).prefix(4))-4000-8000-00\(digits.prefix(10))"
        return Indicator(
            .domainName, SyntheticNames.domain(number), family: "Synthetic", source: "synthetic.stix2",
            reference: "https://ref.example",
            note: "A domain", identifier: identifier)
    }

    /// One of a thousand leads to an indicator.
    private func link(_ number: Int) -> String {
        if number % 1_000 == 7 {
            return "https://cdn.\(SyntheticNames.domain(number % 1_000))/\(SyntheticNames.word(number))"
        }
        let host =
            ["www", "m", "mail", "static", "img"][number % 5] + "."
            + SyntheticNames.word(number &* 31).prefix(4 + number % 9)
        return
            "https://\(host).\(["com", "org", "net", "de", "co.uk"][number % 5])/\(SyntheticNames.word(number))/index.html?q=\(number)"
    }

    private func line(_ number: Int) -> String {
        let name = ["com.apple.xpc.launchd", "WirelessRadioManagerd", "mDNSResponder", "nsurlsessiond"][number % 4]
        let tail =
            number % 5_000 == 7
            ? "connecting to \(SyntheticNames.domain(number % 1_000)):443"
            : [
                "task <\(SyntheticNames.word(number))>.<\(number)> resuming, timeouts(0.0, 604800.0)",
                "[C\(number).1.1 \(SyntheticNames.word(number)).icloud.com:443 ready]",
                "entered state 0x\(SyntheticNames.word(number)) for client /usr/libexec/locationd",
                "assertion failed: 20D47: libxpc.dylib + 32476 [\(SyntheticNames.word(number))]: 0x7d",
            ][number % 4]
        return
            "2026-01-0\(1 + number % 9) 10:11:12.\(100_000 + number)+0100  iPhone \(name)[\(number % 900)] <Notice>: (\(name)) \(tail)"
    }

    // MARK: - Clocks

    private func once(_ body: () -> Void) -> Double {
        let start = ProcessClock.seconds
        body()
        return ProcessClock.seconds - start
    }

    private func best(_ body: () -> Void) -> (cpu: Double, wall: Double) {
        var (cpuTime, wallTime) = (Double.infinity, Double.infinity)
        for _ in 0..<max(1, rounds) {
            let wall = ContinuousClock.now
            cpuTime = min(cpuTime, once(body))
            let spent = ContinuousClock.now - wall
            wallTime = min(wallTime, Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18)
        }
        return (cpuTime, wallTime)
    }
}
