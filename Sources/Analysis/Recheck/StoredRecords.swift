import ArtifactModel
import CaseModel
import Indicators
import Primitives
import RuleLanguage

/// What came of the stored records of one artefact.
struct StoredRun {
    var run: ArtifactRun
    /// The identifiers of the findings that were made.
    var identifiers: Set<EarlierFindings.Key> = []
    /// The first findings that were not there before.
    var added = FindingCollector(prefix: nil)
    /// How many of these are findings of rules.
    var addedByRules = 0
    /// Whether every record that the case counts could be read.
    var isWhole = true
    /// The names of the layout's fields that any record had.
    var fields: Set<String> = []
    /// Records about which rules can't answer, by the number of the rule.
    var unclear: [Int: Int] = [:]
    /// What could not be read, in sentences.
    var problems: [String] = []
}

/// Judges the stored records of one artefact, and copies them to the new case.
struct StoredRecords {
    let layout: StoredLayout
    let earlier: EarlierFindings
    let context: JudgingContext
    private(set) var result: StoredRun
    private var patternHits: PatternHits?
    /// What rules say of the records, if any rule looks at them; and which of their answers are not known.
    private var rules: RuleJudge?
    private var doubts: RuleDoubts?
    /// The rules that are not asked, by their numbers.
    private let notAsked: Set<Int>
    /// The fields that rules look at.
    private let ruled: [Int]
    /// The numbers of the files that coverage names.
    private let files: [String: Int]
    /// Which fields were seen.
    private var seen: [Bool]
    private var shortLinks: ShortLinkCollector
    private var path: String?
    private var timeline: SpillSorter?
    private var line = TextBuffer()
    private var description = TextBuffer()
    private var source = TextBuffer()
    /// Records on which rules fire in one reading and not in another.
    private var doubted: [Int: Int] = [:]
    /// Records of files that coverage does not name.
    private var unplaced = 0

    init(
        _ layout: StoredLayout, _ coverage: Coverage.Artifact, _ earlier: EarlierFindings, _ questions: RuleQuestions,
        _ context: JudgingContext
    ) {
        self.layout = layout
        self.earlier = earlier
        self.context = context
        let prefix = context.folder.map { $0.file("." + layout.card.identifier) }
        patternHits = context.patterns.probe(for: layout.observables).map { PatternHits($0) }
        let identifier = layout.card.identifier
        let rules = RuleJudge(
            questions.rules, identifier, artifact: context.artifact,
            prefix: context.matchPrefix.map { $0 + "\(context.artifact)-" })
        self.rules = rules
        doubts = rules == nil ? nil : questions.rules.programs[identifier].map { RuleDoubts($0) }
        notAsked = Set(questions.obstacles.filter { $0.value[identifier] != nil }.keys)
        ruled = layout.fields.indices.filter { rules?.matcher.wants($0) == true }
        files = Dictionary(coverage.files.enumerated().map { ($1.path, $0) }) { first, _ in first }
        seen = [Bool](repeating: false, count: layout.fields.count)
        shortLinks = ShortLinkCollector(
            keepsRecords: context.keepsShortLinks,
            layout.fields.compactMap {
                if case .compared(let observable) = $0.use { ($0.name, observable) } else { nil }
            })
        timeline = context.options.writesTimeline ? prefix.map { SpillSorter(prefix: $0 + ".timeline-") } : nil
        result = StoredRun(
            run: ArtifactRun(
                coverage: coverage, findings: FindingCollector(prefix: prefix.map { $0 + ".findings-" }),
                timelineRuns: [], facts: [], observables: layout.observables, checkedFamilies: layout.checkedFamilies,
                files: [], failure: nil))
    }

    /// Reads, judges and copies the records of a case folder.
    consuming func judge(in folder: String) -> StoredRun {
        let name = "records/\(layout.card.identifier).jsonl"
        let expected = result.run.coverage.records
        do throws(OutputError) {
            let output = try context.folder.map { folder throws(OutputError) in
                try OutputFile(creating: folder.file(name))
            }
            var count = 0
            var damaged = 0
            if let reader = expected == 0 ? try? LineReader(folder + "/" + name) : try LineReader(folder + "/" + name) {
                context.progress.begin(layout.card.title)
                while !context.progress.isStopped, let line = reader.next() {
                    guard case .whole(let bytes) = line else {
                        damaged += 1
                        continue
                    }
                    output?.append(bytes)
                    output?.append([UInt8(ascii: "\n")])
                    do throws(ParseError) {
                        judge(try StoredRecord(bytes, layout), size: bytes.count)
                        count += 1
                        if count & 4_095 == 0 { context.progress.add(records: 4_096) }
                    } catch {
                        damaged += 1
                    }
                    if result.run.findings.sorter?.failure != nil || output?.failure != nil { break }
                }
                if reader.failure != 0 {
                    note("\(name) can't be read to its end: \(OutputError.words(reader.failure)).")
                }
            }
            context.progress.add(records: count & 4_095)
            try output?.close()
            if unplaced > 0 { note("\(unplaced) lines of \(name) name files that coverage.json does not.") }
            if damaged > 0 { note("\(damaged) lines of \(name) are damaged and were not judged.") }
            if context.progress.isStopped {
                result.isWhole = false
            } else if count != expected {
                note("\(name) holds \(count) records, and the earlier check counted \(expected).")
            }
        } catch {
            guard error.path.hasPrefix(folder + "/") else {
                result.run.failure = error
                return result
            }
            note("\(name) can't be read: \(error.reason). Its earlier findings are taken over.")
        }
        result.run.findings.finish()
        result.added.finish()
        timeline?.spill()
        result.run.timelineRuns = timeline?.runs ?? []
        result.run.patternHits = patternHits
        result.run.shortLinks = shortLinks
        rules?.finish()
        result.run.tallies = (rules?.tallies ?? [:]).filter { !notAsked.contains($0.key) }
        for (rule, count) in doubted { result.run.tallies[rule]?.hits -= count }
        result.run.matchRuns = rules?.sorter?.runs ?? []
        result.run.failure =
            result.run.findings.sorter?.failure ?? timeline?.failure ?? rules?.sorter?.failure
        result.fields = Set(zip(layout.fields, seen).filter(\.1).map(\.0.name))
        return result
    }

    private mutating func note(_ problem: String) {
        result.isWhole = false
        result.problems.append(problem)
    }

    private mutating func judge(_ record: StoredRecord, size: Int) {
        if path != record.path {
            path = record.path
            patternHits?.begin(record.path)
            rules?.file = files[record.path] ?? -1
        }
        var matches: [(IndicatorMatch, Observable.State)] = []
        var moments: [(moment: Timestamp, heading: Int)] = []
        for (place, value) in record.values.enumerated() {
            if case .absent = value { continue }
            seen[place] = true
            switch layout.fields[place].use {
            case .written, .content: break
            case .moment(let heading): if case .moment(let moment) = value { moments.append((moment, heading)) }
            case .compared(let observable):
                switch value {
                case .text(let text): compare(text, observable, &matches)
                case .texts(let texts): for text in texts { compare(text, observable, &matches) }
                default: break
                }
            }
        }
        if let found = patternHits?.agreements(), !found.isEmpty || patternHits?.isCut == true {
            _ = patternHits?.keep(
                found, record.location, moments.first?.moment, found.isEmpty ? [] : record.members)
        }
        if shortLinks.isWaiting {
            shortLinks.endRecord(
                moments.first?.moment, record.path, record.location, patternHits?.place, size: size,
                members: record.members)
        }
        var highest: Severity?
        if !earlier.severities.isEmpty {
            highest =
                earlier.severities[
                    EarlierFindings.place(layout.card.identifier, record.path, record.location)]
        }
        for (match, state) in matches {
            let finding = IndicatorWording.finding(
                match, state,
                JudgedRecord(
                    card: layout.card, moment: moments.first?.moment, path: record.path, location: record.location,
                    members: record.members))
            highest = max(highest ?? finding.severity, finding.severity)
            add(finding)
        }
        if rules != nil, let severity = judgeByRules(record, moments.first?.moment) {
            highest = max(highest ?? severity, severity)
        }
        if timeline != nil, !moments.isEmpty { writeEvents(record, moments, highest) }
    }

    private mutating func compare(
        _ text: String, _ observable: Observable, _ matches: inout [(IndicatorMatch, Observable.State)]
    ) {
        if observable.kind == .url { shortLinks.note(text, observable) }
        patternHits?.take(text, as: observable)
        for match in context.indicators.matches(text, as: observable.kind) {
            let isKnown = matches.contains { $0.0.indicator == match.indicator && $0.0.observed == match.observed }
            if !isKnown, matches.count < IndicatorWording.matchLimit { matches.append((match, observable.state)) }
        }
    }

    private mutating func add(_ finding: Finding) {
        result.run.findings.add(finding, &line)
        guard let key = EarlierFindings.Key(finding.id) else { return }
        result.identifiers.insert(key)
        guard !earlier.identifiers.contains(key) else { return }
        result.added.add(finding, &line)
        if case .rule = finding.cause { result.addedByRules += 1 }
    }

    /// Asks the rules, as a check does, and gives the highest severity of those that fired.
    private mutating func judgeByRules(_ record: StoredRecord, _ moment: Timestamp?) -> Severity? {
        if rules?.file == -1 { unplaced += 1 }
        rules?.matcher.begin()
        for field in ruled {
            if case .absent = record.values[field] { continue }
            rules?.matcher.take(field, record.values[field])
        }
        let fired = rules?.judge(record.location) { record.values[$0] } ?? []
        let unclear = (doubts?.unclear(record) ?? []).filter { !notAsked.contains($0) }
        guard !fired.isEmpty || !unclear.isEmpty else { return nil }
        var highest: Severity?
        for number in fired where !notAsked.contains(number) && !unclear.contains(number) {
            guard context.options.rules.rules[number].isReported else { continue }
            let finding = finding(of: number, record, moment)
            highest = max(highest ?? finding.severity, finding.severity)
            add(finding)
        }
        for number in unclear {
            result.unclear[number, default: 0] += 1
            if fired.contains(number) { doubted[number, default: 0] += 1 }
            // What was found when the record itself was read stands.
            guard let key = EarlierFindings.Key(finding(of: number, record, moment).id),
                let severity = earlier.ruleSeverities[key]
            else { continue }
            highest = max(highest ?? severity, severity)
        }
        return highest
    }

    private func finding(of rule: Int, _ record: StoredRecord, _ moment: Timestamp?) -> Finding {
        RuleWording.finding(
            context.options.rules.rules[rule].head, isCorrelation: false, artifact: layout.card.identifier,
            artifactTitle: layout.card.title, moment: moment, path: record.path, location: record.location,
            record: record.members)
    }

    /// Writes one timeline row for each moment of the record, as a check does.
    private mutating func writeEvents(
        _ record: StoredRecord, _ moments: [(moment: Timestamp, heading: Int)], _ severity: Severity?
    ) {
        line.removeAll()
        for (field, value) in zip(layout.fields, record.values) where field.isShown {
            if case .absent = value { continue }
            if !line.bytes.isEmpty { line.append("; ") }
            line.append(text: field.name)
            line.append(": ")
            value.write(words: &line)
        }
        description.removeAll()
        line.bytes.withUnsafeBufferPointer { description.append(cell: $0) }
        line.removeAll()
        record.location.write(words: &line, path: record.path)
        source.removeAll()
        line.bytes.withUnsafeBufferPointer { source.append(cell: $0) }
        for (moment, heading) in moments {
            line.removeAll()
            line.append(moment)
            line.append(UInt8(ascii: ","))
            line.append(text: layout.card.identifier)
            line.append(UInt8(ascii: ","))
            line.append(contentsOf: layout.headings[heading])
            line.append(UInt8(ascii: ","))
            line.append(contentsOf: description.bytes)
            line.append(UInt8(ascii: ","))
            if let severity { line.append(text: severity.word) }
            line.append(UInt8(ascii: ","))
            let tie = line.bytes.count
            line.append(contentsOf: source.bytes)
            line.append(UInt8(ascii: "\n"))
            timeline?.add(key: moment.sortKey, line, tie: tie)
        }
    }
}
