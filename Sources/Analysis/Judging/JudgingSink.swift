import ArtifactModel
import CaseModel
import Indicators
import Primitives
import RuleLanguage

/// Writes and judges the records of one artefact in one pass over their fields.
struct JudgingSink<A: Artifact>: RecordSink {
    /// How many damages are listed for a file; the rest is counted.
    static var listedDamages: Int { 20 }

    let context: JudgingContext
    /// The fields that are written, without their types: this code runs for artefacts that the compiler can't see from
    /// here, and whatever depends on `A` is copied through a table of functions.
    let layout: RecordLayout
    /// Reads the value of each column.
    let readers: [@Sendable (A.Entry) -> Value]
    let checks: [Check<A.Entry>]
    let facts: [Fact<A.Entry>]
    let card: ArtifactCard
    var file: Coverage.File
    var reach: ClosedRange<Timestamp>?
    var findings: FindingCollector
    var collected: FactCollector
    var identities = IdentityCollector()
    /// The short links that the records hold.
    var shortLinks: ShortLinkCollector
    /// The records that fulfil parts of published patterns, if any of them can be fulfilled here.
    var patternHits: PatternHits?
    var timeline: SpillSorter?
    /// What rules say of the records, if any rule looks at them.
    var rules: RuleJudge?
    /// Reads any field, also one that is not written.
    private let fields: [@Sendable (A.Entry) -> Value]
    /// The number of each column among all fields, or -1 if no rule looks at it.
    private let ruledColumns: [Int]
    /// The fields that rules look at and that are not written.
    private let ruledUnwritten: [Int]
    /// Where the records go, if they are written.
    let output: OutputFile?
    private var line = TextBuffer()
    private var scratch = TextBuffer()
    private var description = TextBuffer()
    private var source = TextBuffer()
    private var moments: [(moment: Timestamp, heading: Int)] = []
    private var matches: [(IndicatorMatch, Observable.State)] = []
    private var hasMoreMatches = false

    init(_ context: JudgingContext) throws(OutputError) {
        self.context = context
        card = A.card
        checks = A.checks
        facts = A.facts
        collected = FactCollector(artifact: A.card.identifier)
        let includesContent = context.options.includesContent
        let fields = A.Entry.fields.filter { includesContent || $0.role != .content }
        layout = RecordLayout(
            fields.map { RecordLayout.Field(name: $0.name, role: $0.role.erased, isShown: $0.isShown) })
        readers = fields.map(\.value)
        self.fields = A.Entry.fields.map(\.value)
        let rules = RuleJudge(
            context.options.rules, A.card.identifier, artifact: context.artifact,
            prefix: context.matchPrefix.map { $0 + "\(context.artifact)-" })
        let numbers = A.Entry.fields.indices.filter { includesContent || A.Entry.fields[$0].role != .content }
        ruledColumns = numbers.map { rules?.matcher.wants($0) == true ? $0 : -1 }
        ruledUnwritten = A.Entry.fields.indices.filter { rules?.matcher.wants($0) == true && !numbers.contains($0) }
        self.rules = rules
        let kinds = fields.compactMap { if case .observable(let observable) = $0.role { observable.kind } else { nil } }
        patternHits = context.patterns.probe(for: Set(kinds)).map { PatternHits($0) }
        shortLinks = ShortLinkCollector(
            keepsRecords: context.keepsShortLinks,
            fields.compactMap { if case .observable(let observable) = $0.role { ($0.name, observable) } else { nil } })
        file = Coverage.File(path: "")
        let prefix = context.folder.map { $0.file(".\(A.card.identifier)") }
        findings = FindingCollector(prefix: prefix.map { $0 + ".findings-" })
        output =
            if let folder = context.folder, context.options.writesRecords {
                try OutputFile(creating: folder.file("records/\(A.card.identifier).jsonl"))
            } else {
                nil
            }
        timeline = context.options.writesTimeline ? prefix.map { SpillSorter(prefix: $0 + ".timeline-") } : nil
    }

    /// Turns to the next file, and hands out what came of the last one.
    mutating func begin(_ path: String) {
        file = Coverage.File(path: path)
        rules?.file += 1
        patternHits?.begin(path)
    }

    mutating func note(_ damage: ParseError) {
        file.damageCount += 1
        if file.damages.count < Self.listedDamages { file.damages.append(damage) }
    }

    mutating func emit(_ entry: A.Entry, at location: Location) throws(CancellationError) {
        file.records += 1
        if location.recovery != nil { file.recovered += 1 }
        if file.records & 4_095 == 0 {
            context.progress.add(records: 4_096)
            if context.progress.isStopped || failure != nil { throw CancellationError() }
        }
        writeRecord(entry, location)
        endIdentities()
        if hasMoreMatches {
            hasMoreMatches = false
            noteMatchLimit(location)
        }
        if patternHits != nil { keepPatternHits(entry, location) }
        if shortLinks.isWaiting {
            let members = namedValues(entry)
            shortLinks.endRecord(
                moments.first?.moment, file.path, location, patternHits?.place, size: line.bytes.count, members: members
            )
        }
        if !facts.isEmpty { collect(entry, location) }
        let severity = judge(entry, location)
        if timeline != nil, !moments.isEmpty { writeEvents(entry, location, severity) }
    }

    /// Writes the record into `line`, and keeps the moments and matches it met.
    private mutating func writeRecord(_ entry: A.Entry, _ location: Location) {
        line.removeAll()
        moments.removeAll(keepingCapacity: true)
        matches.removeAll(keepingCapacity: true)
        rules?.matcher.begin()
        line.append(UInt8(ascii: "{"))
        for index in readers.indices {
            let value = readers[index](entry)
            if case .absent = value { continue }
            switch layout.columns[index].use {
            case .written: break
            case .moment(let heading):
                if case .moment(let moment) = value {
                    moments.append((moment, heading))
                    // What reach the live records have is the question; a recovered one has gone out of it.
                    if location.recovery == nil { extend(moment) }
                }
            case .compared(let observable): compare(value, observable)
            }
            if ruledColumns[index] >= 0 { rules?.matcher.take(ruledColumns[index], value) }
            layout.writeName(index, to: &line)
            value.write(json: &line)
            line.append(UInt8(ascii: ","))
        }
        line.append("\"source\":")
        location.write(json: &line, path: file.path)
        line.append("}\n")
        output?.append(line.bytes)
    }

    /// Keeps the record if it fulfils parts of published patterns. What is beyond the limit is noted once.
    private mutating func keepPatternHits(_ entry: A.Entry, _ location: Location) {
        guard let found = patternHits?.agreements(), !found.isEmpty || patternHits?.isCut == true else { return }
        let fields = found.isEmpty ? [] : namedValues(entry)
        let isCut = patternHits?.keep(found, location, moments.first?.moment, fields) ?? false
        if isCut { note(ParseError(.beyondLimit, "at most \(PatternHits.limit) records that fit a part of a pattern")) }
    }

    /// The fields of a record as a finding shows them.
    private func namedValues(_ entry: A.Entry) -> [NamedValue] {
        zip(layout.names, readers).compactMap { name, read in
            let value = read(entry)
            return value == .absent ? nil : NamedValue(name, value)
        }
    }

    /// Keeps what the record says of the device. What is beyond the limit is noted once.
    private mutating func collect(_ entry: A.Entry, _ location: Location) {
        let before = collected.overflow
        for fact in facts {
            fact.read(entry) { collected.add(fact.kind, $0, path: file.path, location: location) }
        }
        guard before == 0, collected.overflow > 0 else { return }
        note(ParseError(.beyondLimit, "at most \(FactCollector.factLimit) different facts about the device"))
    }

    /// Counts who the record named. What is beyond the limit is noted once.
    private mutating func endIdentities() {
        let before = identities.overflow
        identities.endRecord(moments.first?.moment)
        guard before == 0, identities.overflow > 0 else { return }
        note(ParseError(.beyondLimit, "at most \(IdentityCollector.limit) different people and accounts"))
    }

    private mutating func noteMatchLimit(_ location: Location) {
        var damage = ParseError(.beyondLimit, "at most \(IndicatorWording.matchLimit) matches of one record")
        switch location {
        case .row(let row, let table): damage.place = "\(table), row \(row)"
        case .recovered(let recovery, let table):
            damage.place = table
            damage.offset = recovery.offset
        case .offset(let offset): damage.offset = offset
        // A key is text of the evidence, which has no place in an error.
        case .key: break
        }
        note(damage)
    }

    private mutating func extend(_ moment: Timestamp) {
        // Placeholders such as 1970 and 2001 are older than any telephone and say nothing of how far records reach.
        guard moment.microseconds >= Timestamp.firstTelephone else { return }
        guard let known = reach else { return reach = moment...moment }
        if moment < known.lowerBound { reach = moment...known.upperBound }
        if moment > known.upperBound { reach = known.lowerBound...moment }
    }

    private mutating func compare(_ value: Value, _ observable: Observable) {
        switch value {
        case .text(let text): compare(text, observable)
        case .texts(let texts): for text in texts { compare(text, observable) }
        default: break
        }
    }

    private mutating func compare(_ text: String, _ observable: Observable) {
        identities.note(text, observable)
        if observable.kind == .url { shortLinks.note(text, observable) }
        patternHits?.take(text, as: observable)
        for match in context.indicators.matches(text, as: observable.kind) {
            // One record says a thing once, however many of its fields repeat it.
            let isKnown = matches.contains { $0.0.indicator == match.indicator && $0.0.observed == match.observed }
            guard !isKnown else { continue }
            if matches.count == IndicatorWording.matchLimit {
                hasMoreMatches = true
            } else {
                matches.append((match, observable.state))
            }
        }
    }

    /// Makes the findings of the record and returns the highest severity.
    private mutating func judge(_ entry: A.Entry, _ location: Location) -> Severity? {
        var highest: Severity?
        if !matches.isEmpty {
            let judged = JudgedRecord(
                card: card, moment: moments.first?.moment, path: file.path, location: location, members: record(entry))
            for (match, state) in matches {
                let finding = IndicatorWording.finding(match, state, judged)
                highest = max(highest ?? finding.severity, finding.severity)
                findings.add(finding, &scratch)
            }
        }
        for check in checks where check.matches(entry) {
            highest = max(highest ?? check.severity, check.severity)
            findings.add(
                finding(
                    entry, location, check.severity,
                    .check(identifier: check.identifier, references: check.references), title: check.title,
                    family: check.family, state: check.state, meaning: check.meaning, limits: check.limits,
                    benignCauses: check.benignCauses, nextStep: check.nextStep,
                    measurement: QuietCorpus.measurement(artifact: card.identifier, check: check.identifier)),
                &scratch)
        }
        if rules != nil, let severity = judgeByRules(entry, location) { highest = max(highest ?? severity, severity) }
        return highest
    }

    /// Asks the rules about the record whose written fields they know already.
    private mutating func judgeByRules(_ entry: A.Entry, _ location: Location) -> Severity? {
        for field in ruledUnwritten {
            let value = fields[field](entry)
            if case .absent = value { continue }
            rules?.matcher.take(field, value)
        }
        guard let fired = rules?.judge(location, { fields[$0](entry) }), !fired.isEmpty else { return nil }
        var highest: Severity?
        for number in fired where context.options.rules.rules[number].isReported {
            let head = context.options.rules.rules[number].head
            highest = max(highest ?? head.severity, head.severity)
            findings.add(
                RuleWording.finding(
                    head, isCorrelation: false, artifact: card.identifier, artifactTitle: card.title,
                    moment: moments.first?.moment, path: file.path, location: location, record: record(entry)),
                &scratch)
        }
        return highest
    }

    /// The fields of a record that a finding shows.
    private func record(_ entry: A.Entry) -> [NamedValue] {
        let includesContent = context.options.includesContent
        return A.Entry.fields.filter { includesContent || $0.role != .content }.compactMap { field in
            let value = field.value(entry)
            return value == .absent ? nil : NamedValue(field.name, value)
        }
    }

    private func finding(
        _ entry: A.Entry, _ location: Location, _ severity: Severity, _ cause: Finding.Cause, title: String,
        family: String?, state: Observable.State, meaning: String, limits: String, benignCauses: [String],
        nextStep: String, measurement: Measurement? = nil
    ) -> Finding {
        Finding(
            severity: severity, cause: cause, title: RecoveryWording.title(title, location), artifact: card.identifier,
            artifactTitle: card.title, moment: moments.first?.moment, path: file.path, location: location,
            record: record(entry), family: family, state: state, meaning: RecoveryWording.meaning(meaning, location),
            limits: RecoveryWording.limits(limits, location), benignCauses: benignCauses, nextStep: nextStep,
            measurement: measurement)
    }

    /// Writes one timeline row for each moment of the record.
    private mutating func writeEvents(_ entry: A.Entry, _ location: Location, _ severity: Severity?) {
        describe(entry)
        scratch.removeAll()
        location.write(words: &scratch, path: file.path)
        source.removeAll()
        scratch.bytes.withUnsafeBufferPointer { source.append(cell: $0) }
        for (moment, heading) in moments {
            if let since = context.options.since, moment < since { continue }
            if let until = context.options.until, moment > until { continue }
            scratch.removeAll()
            scratch.append(moment)
            scratch.append(UInt8(ascii: ","))
            scratch.append(text: card.identifier)
            scratch.append(UInt8(ascii: ","))
            scratch.append(contentsOf: layout.headings[heading])
            scratch.append(UInt8(ascii: ","))
            scratch.append(contentsOf: description.bytes)
            scratch.append(UInt8(ascii: ","))
            if let severity { scratch.append(text: severity.word) }
            scratch.append(UInt8(ascii: ","))
            let tie = scratch.bytes.count
            scratch.append(contentsOf: source.bytes)
            scratch.append(UInt8(ascii: "\n"))
            timeline?.add(key: moment.sortKey, scratch, tie: tie)
        }
    }

    /// Writes the fields that a timeline shows into `description`, as one cell.
    private mutating func describe(_ entry: A.Entry) {
        scratch.removeAll()
        for index in layout.shown {
            let value = readers[index](entry)
            if case .absent = value { continue }
            if !scratch.bytes.isEmpty { scratch.append("; ") }
            scratch.append(text: layout.names[index])
            scratch.append(": ")
            value.write(words: &scratch)
        }
        description.removeAll()
        scratch.bytes.withUnsafeBufferPointer { description.append(cell: $0) }
    }

    /// What could not be written, if anything.
    var failure: OutputError? {
        output?.failure ?? timeline?.failure ?? findings.sorter?.failure ?? rules?.sorter?.failure
    }
}

extension Timestamp {
    /// 2007-01-09T00:00:00Z in microseconds since 1970: the day on which the iPhone was presented: no record of a device is older.
    static let firstTelephone: Int64 = 1_168_300_800_000_000
}
