import CaseModel
import FileFormats
import Indicators
import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where short links led when somebody asked, by the links: what `short-links.jsonl` of a case holds.
struct ShortLinkTable: Sendable {
    /// The file of a case.
    static let file = "short-links.jsonl"
    /// How many lines of it are read, and how long each may be in bytes.
    static let lineLimit = 1_000_000
    static let lengthLimit = 128 << 10

    private(set) var answers: [String: ShortLinkAnswer] = [:]

    var isEmpty: Bool { answers.isEmpty }

    /// The same with answers for the links of these records that have none yet, if the options say that they are asked.
    func asking(
        about runs: [ArtifactRun], _ options: AnalysisOptions, _ progress: RunProgress
    ) async -> ShortLinkTable {
        guard let ask = options.askShortLinks else { return self }
        var table = self
        let links = ShortLinkTable.links(of: runs).filter { answers[$0]?.outcome.isAnswer != true }
        for link in links where answers[link] == nil {
            table.answers[link] = ShortLinkAnswer(link: link, outcome: .notAsked)
        }
        guard !links.isEmpty, !progress.isStopped else { return table }
        progress.begin("Where short links lead")
        let asked = Set(links)
        for answer in await ask(links, progress) where asked.contains(answer.link) && answer.outcome != .notAsked {
            table.answers[answer.link] = answer
        }
        return table
    }

    /// All links of the records, in byte order.
    private static func links(of runs: [ArtifactRun]) -> [String] {
        var links: Set<String> = []
        for run in runs { links.formUnion(run.shortLinks.links) }
        return links.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The numbers for the report.
    func coverage(of runs: [ArtifactRun]) -> Coverage.ShortLinks {
        var coverage = Coverage.ShortLinks()
        let links = ShortLinkTable.links(of: runs)
        coverage.found = links.count
        for run in runs {
            coverage.beyondLimit += run.shortLinks.beyondLimit
            coverage.unfit += run.shortLinks.unfit
            coverage.recordsNotJudged += run.shortLinks.dropped
        }
        for link in links {
            guard let answer = answers[link] else { continue }
            if answer.asked != nil, answer.outcome != .proxyFailed { coverage.asked += 1 }
            if answer.outcome.isAnswer { coverage.answered += 1 }
            if answer.outcome == .led { coverage.led += 1 }
        }
        return coverage
    }

    /// Writes the file, if anybody ever asked.
    func write(to folder: CaseFolder) throws(OutputError) {
        guard !isEmpty else { return }
        let output = try OutputFile(creating: folder.file(ShortLinkTable.file))
        var line = TextBuffer()
        for link in answers.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            line.removeAll()
            answers[link]?.write(json: &line)
            line.append("\n")
            output.append(line)
        }
        try output.close()
    }

    /// Reads the file of a case that was written before; one that has none was never asked.
    static func read(_ folder: String, _ problems: inout [String]) -> ShortLinkTable {
        var table = ShortLinkTable()
        let path = folder + "/" + file
        var status = stat()
        guard lstat(path, &status) == 0 else { return table }
        let reader: LineReader
        do throws(OutputError) {
            reader = try LineReader(path, limit: lengthLimit)
        } catch {
            problems.append("\(file) can't be read: \(error.reason). What it held is not in the new case.")
            return table
        }
        var (number, damaged) = (0, 0)
        while number < lineLimit, let line = reader.next() {
            number += 1
            guard case .whole(let bytes) = line, let object = try? JSONValue(bytes, depthLimit: 4),
                let answer = ShortLinkAnswer(stored: object)
            else {
                damaged += 1
                continue
            }
            table.answers[answer.link] = answer
        }
        if damaged > 0 { problems.append("\(damaged) of \(number) lines of \(file) are damaged and were left out.") }
        if reader.failure != 0 || number == lineLimit { problems.append("\(file) can't be read to its end.") }
        return table
    }
}

extension ShortLinkAnswer {
    /// Reads a line. Anybody can have written it: an address must be one that could have been heard.
    init?(stored object: JSONValue) {
        guard let text = object["link"]?.text, case .askable(let link) = ShortLink.read(text), link.text == text,
            let outcome = object["outcome"]?.text.flatMap({ Outcome(rawValue: $0) }), let list = object["hops"]?.list,
            list.count <= ShortLinkAnswer.hopLimit
        else { return nil }
        let hops = list.compactMap(\.text)
        guard hops.count == list.count, hops.allSatisfy(ShortLinkAnswer.isAddress) else { return nil }
        let asked = object["asked"]?.text.flatMap { Timestamp(rfc3339: $0) }
        guard asked != nil || (outcome == .notAsked && hops.isEmpty) else { return nil }
        self.init(link: text, outcome: outcome, asked: asked, hops: hops)
    }
}
