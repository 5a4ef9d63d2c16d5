import Primitives

/// Takes what a loader finds: indicators, compound patterns, problems, and what the file says of itself.
///
/// A class, because loaders hand it down through closures.
final class IndicatorIntake {
    /// How many problems of one kind are listed; the rest is counted.
    static let listedProblems = 5_000
    /// How many compound patterns of one file are used. Each is asked of every record.
    static let patternLimit = 10_000

    /// How many path patterns of one file are used: each is compared with every path below the folder it begins with.
    static let pathPatternLimit = 1_000

    /// The name under which the reader of a finding knows the file.
    let source: String
    /// Where indicators go, unless they are listed.
    private(set) var builder: IndicatorSet.Builder
    private let isListing: Bool
    private(set) var indicators: [Indicator] = []
    /// How many indicators were handed over.
    private(set) var count = 0
    private(set) var patterns: [CompoundPattern] = []
    private(set) var problems: [IndicatorProblem] = []
    private var problemCounts: [IndicatorProblem.Kind: Int] = [:]
    private var pathPatternCount = 0
    private var expressionRoom = PatternReading.expressionRoom
    var sightings: [IndicatorSighting] = []
    var publication = IndicatorFile.Publication()

    /// Hands indicators to `builder`, or lists them.
    init(source: String, builder: IndicatorSet.Builder?) {
        self.source = source
        isListing = builder == nil
        self.builder = builder ?? IndicatorSet.Builder()
    }

    /// Gives the builder back; it is empty here afterwards.
    func takeBuilder() -> IndicatorSet.Builder { exchange(&builder, with: IndicatorSet.Builder()) }

    private func exchange<Value>(_ place: inout Value, with value: Value) -> Value {
        let old = place
        place = value
        return old
    }

    func add(_ indicator: Indicator) {
        count += 1
        if publication.publisher == nil { publication.publisher = indicator.publisher }
        if publication.licence == nil { publication.licence = indicator.licence }
        if publication.marking == nil { publication.marking = indicator.marking }
        if isListing { indicators.append(indicator) } else { builder.add(indicator) }
    }

    func add(_ pattern: CompoundPattern) {
        guard patterns.count < IndicatorIntake.patternLimit else {
            return note(
                .unsupportedPattern,
                "The file has more than \(IndicatorIntake.patternLimit) patterns over several properties.",
                pattern.identifier)
        }
        if publication.publisher == nil { publication.publisher = pattern.publisher }
        patterns.append(pattern)
    }

    func note(_ kind: IndicatorProblem.Kind, _ reason: String, _ identifier: String = "") {
        problemCounts[kind, default: 0] += 1
        guard problemCounts[kind, default: 0] <= IndicatorIntake.listedProblems else { return }
        let short = String(identifier.prefix(100))
        problems.append(IndicatorProblem(source: source, identifier: short, kind: kind, reason: reason))
    }

    func note(_ refusal: IndicatorPattern.Refusal, _ identifier: String = "") {
        note(refusal.kind, refusal.reason, identifier)
    }

    /// Says what was only counted, and that there was nothing if there was nothing.
    func finish() {
        for kind in IndicatorProblem.Kind.allCases {
            let further = problemCounts[kind, default: 0] - IndicatorIntake.listedProblems
            guard further > 0 else { continue }
            problems.append(
                IndicatorProblem(
                    source: source, identifier: "", kind: kind,
                    reason: "\(further) further problems of this kind are counted and not listed."))
        }
        if count == 0, patterns.isEmpty, problems.isEmpty { note(.empty, "The file holds no indicators.") }
    }

    /// Uses a value published under a property of STIX, or says why not.
    func add(
        _ property: String, _ value: String, identifier: String, note text: String?, facts: IndicatorFacts
    ) {
        do throws(IndicatorPattern.Refusal) {
            add(try PublishedValue(property, value), value, identifier: identifier, note: text, facts: facts)
        } catch {
            note(error, identifier)
        }
    }

    func add(
        _ published: PublishedValue, _ value: String, identifier: String, note text: String?, facts: IndicatorFacts
    ) {
        if published.kind == .filePath, value.utf8.contains(DevicePath.star), !hasRoomForPathPattern(identifier) {
            return
        }
        if let remark = published.remark { note(.remark, remark, identifier) }
        add(
            Indicator(
                published.kind, value, family: facts.family, source: source, reference: facts.reference, note: text,
                identifier: identifier, validFrom: facts.validFrom, validUntil: facts.validUntil,
                confidence: facts.confidence, publisher: facts.publisher, marking: facts.marking,
                licence: facts.licence))
    }

    private func hasRoomForPathPattern(_ identifier: String) -> Bool {
        pathPatternCount += 1
        guard pathPatternCount > IndicatorIntake.pathPatternLimit else { return true }
        note(
            .unsupportedPattern, "The file has more than \(IndicatorIntake.pathPatternLimit) paths with stars.",
            identifier)
        return false
    }

    /// Uses a pattern of STIX: as indicators, as a compound pattern, or not at all, and says so.
    func add(
        pattern bytes: UnsafeBufferPointer<UInt8>, identifier: String, note text: String?, facts: IndicatorFacts
    ) {
        if let (property, value) = IndicatorPattern.simple(bytes) {
            let value = String(decoding: bytes[value], as: UTF8.self)
            return add(self.property(bytes[property]), value, identifier: identifier, note: text, facts: facts)
        }
        let reading: PatternReading
        do throws(IndicatorPattern.Refusal) {
            reading = try PatternReading(bytes, room: expressionRoom)
            expressionRoom = reading.room
        } catch {
            return note(error, identifier)
        }
        for (published, value) in reading.equalities {
            add(published, value, identifier: identifier, note: text, facts: facts)
        }
        for refusal in reading.refusals { note(refusal, identifier) }
        guard let bound = reading.compound else { return }
        var pattern = CompoundPattern(
            String(decoding: bytes, as: UTF8.self), identifier: identifier, source: source, bound)
        (pattern.family, pattern.reference, pattern.note) = (facts.family, facts.reference, text)
        (pattern.validFrom, pattern.validUntil, pattern.confidence) = (
            facts.validFrom, facts.validUntil, facts.confidence
        )
        (pattern.publisher, pattern.marking, pattern.licence) = (facts.publisher, facts.marking, facts.licence)
        add(pattern)
    }

    /// The property as text; nearly always the same as the last one.
    private func property(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        if lastBytes.count == bytes.count, lastBytes.elementsEqual(bytes) { return lastProperty }
        lastBytes = Array(bytes)
        lastProperty = String(decoding: bytes, as: UTF8.self)
        return lastProperty
    }

    private var lastBytes: [UInt8] = []
    private var lastProperty = ""
}

/// What is published about an indicator beside its value.
struct IndicatorFacts {
    var family: String?
    var reference: String?
    var validFrom: Timestamp?
    var validUntil: Timestamp?
    var confidence: Int?
    var publisher: String?
    var marking: String?
    var licence: String?
}
