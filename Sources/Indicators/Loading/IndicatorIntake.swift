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

    /// Makes room for what a file of this many bytes may hold.
    func reserve(forBytes count: Int) { builder.reserve(forBytes: count) }

    /// Gives the builder back; it is empty here afterwards.
    func takeBuilder() -> IndicatorSet.Builder { exchange(&builder, with: IndicatorSet.Builder()) }

    private func exchange<Value>(_ place: inout Value, with value: Value) -> Value {
        let old = place
        place = value
        return old
    }

    private func add(_ draft: IndicatorSet.Builder.Draft, _ facts: IndicatorFacts) {
        count += 1
        if publication.publisher == nil { publication.publisher = facts.publisher }
        if publication.licence == nil { publication.licence = facts.licence }
        if publication.marking == nil { publication.marking = facts.marking }
        guard isListing else { return builder.add(draft, facts.shared(source)) }
        indicators.append(
            Indicator(
                draft.kind, draft.value.text, family: facts.family, source: source, reference: facts.reference,
                note: draft.note?.text, identifier: draft.identifier.text, validFrom: facts.validFrom,
                validUntil: facts.validUntil, confidence: facts.confidence, publisher: facts.publisher,
                marking: facts.marking, licence: facts.licence))
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
        value.withBytes { value in
            identifier.withBytes { identifier in
                guard let text else { return add(published, value, identifier, nil, facts) }
                text.withBytes { add(published, value, identifier, $0, facts) }
            }
        }
    }

    private func add(
        _ published: PublishedValue, _ value: UnsafeBufferPointer<UInt8>, _ identifier: UnsafeBufferPointer<UInt8>,
        _ text: UnsafeBufferPointer<UInt8>?, _ facts: IndicatorFacts
    ) {
        if published.kind == .filePath, value.contains(DevicePath.star), !hasRoomForPathPattern(identifier) { return }
        if let remark = published.remark { note(.remark, remark, identifier.text) }
        let draft = IndicatorSet.Builder.Draft(
            kind: published.kind, value: value, note: text, identifier: identifier, validFrom: facts.validFrom,
            validUntil: facts.validUntil, confidence: facts.confidence)
        add(draft, facts)
    }

    /// Uses a pattern that is nothing but one value, in place: nearly all are, and there may be millions of them.
    func add(
        simple place: (property: Range<Int>, value: Range<Int>), of pattern: UnsafeBufferPointer<UInt8>,
        identifier: UnsafeBufferPointer<UInt8>, note text: UnsafeBufferPointer<UInt8>?, facts: IndicatorFacts
    ) {
        let value = UnsafeBufferPointer(rebasing: pattern[place.value])
        // Some properties are an indicator of another: `network-traffic:dst_ref.value` is a host.
        guard let kind = try? kind(pattern[place.property]) else {
            return add(whole: pattern, identifier: identifier.text, note: text?.text, facts: facts)
        }
        do throws(IndicatorPattern.Refusal) {
            add(try PublishedValue(kind, value), value, identifier, text, facts)
        } catch {
            note(error, identifier.text)
        }
    }

    private func hasRoomForPathPattern(_ identifier: UnsafeBufferPointer<UInt8>) -> Bool {
        pathPatternCount += 1
        guard pathPatternCount > IndicatorIntake.pathPatternLimit else { return true }
        note(
            .unsupportedPattern, "The file has more than \(IndicatorIntake.pathPatternLimit) paths with stars.",
            identifier.text)
        return false
    }

    /// Uses a pattern of STIX: as indicators, as a compound pattern, or not at all, and says so.
    func add(
        pattern bytes: UnsafeBufferPointer<UInt8>, identifier: String, note text: String?, facts: IndicatorFacts
    ) {
        if let place = IndicatorPattern.simple(bytes) {
            return identifier.withBytes { identifier in
                guard let text else {
                    return add(simple: place, of: bytes, identifier: identifier, note: nil, facts: facts)
                }
                text.withBytes { add(simple: place, of: bytes, identifier: identifier, note: $0, facts: facts) }
            }
        }
        add(whole: bytes, identifier: identifier, note: text, facts: facts)
    }

    private func add(
        whole bytes: UnsafeBufferPointer<UInt8>, identifier: String, note text: String?, facts: IndicatorFacts
    ) {
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

    /// The kind that a property names; nearly always the same as the last one.
    private func kind(_ property: Slice<UnsafeBufferPointer<UInt8>>) throws(IndicatorPattern.Refusal) -> Indicator.Kind
    {
        if let lastKind, lastProperty.holdsSame(as: UnsafeBufferPointer(rebasing: property)) { return lastKind }
        let kind = try PublishedValue.kind(named: String(decoding: property, as: UTF8.self))
        lastProperty = Array(property)
        lastKind = kind
        return kind
    }

    private var lastProperty: [UInt8] = []
    private var lastKind: Indicator.Kind?
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

    /// What many indicators have in common.
    func shared(_ source: String) -> IndicatorSet.Builder.SharedFacts {
        IndicatorSet.Builder.SharedFacts(
            source: source, family: family, reference: reference, publisher: publisher, marking: marking,
            licence: licence)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes as text.
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
