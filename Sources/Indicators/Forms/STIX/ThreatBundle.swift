import FileFormats
import Primitives

/// Loads a STIX bundle, version 2.0 or 2.1, or a bare list of its objects.
///
/// In two passes through a window, so that a file of any size takes little memory: what the objects say about
/// indicators first, then the indicators. A third, between them, if identifiers are repeated.
/// Source: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
final class ThreatBundle {
    private let source: any ByteSource
    private let intake: IndicatorIntake
    private let context = ThreatContext()
    private var number = 0
    private var publisher = ThreatBundle.Remembered<String?>(nil)
    private var marking = ThreatBundle.Remembered<(colour: String?, statement: String?)>((nil, nil))

    /// What the last object said in the same words: most objects of a bundle have the same maker and markings.
    private struct Remembered<Value> {
        private var text: [UInt8] = []
        private var value: Value

        init(_ value: Value) { self.value = value }

        mutating func value(for text: UnsafeBufferPointer<UInt8>, _ find: () -> Value) -> Value {
            if !self.text.isEmpty, self.text.holdsSame(as: text) { return value }
            self.text = Array(text)
            value = find()
            return value
        }
    }

    private init(_ source: any ByteSource, _ intake: IndicatorIntake) {
        self.source = source
        self.intake = intake
    }

    static func load(_ source: any ByteSource, into intake: IndicatorIntake) {
        let bundle = ThreatBundle(source, intake)
        bundle.context.reserve(forBytes: source.count)
        let outcome = bundle.gather()
        bundle.context.finish()
        if bundle.context.hasRepeated { bundle.walkIndicators { bundle.context.takeAgain($0, $1) } }
        bundle.walkIndicators { bundle.use($0, $1) }
        intake.publication.created = bundle.context.created
        intake.publication.modified = bundle.context.modified
        intake.sightings = bundle.context.sightings
        if let failure = outcome.failure {
            intake.note(.damagedFile, "The file is damaged: \(failure). What stands before was used.")
        }
    }

    // MARK: - Passes

    private func gather() -> JSONStream.Outcome {
        var stream = JSONStream(source)
        let outcome = stream.walk(
            list: "objects",
            JSONStream.Handlers(
                object: { [self] bytes, offset throws(ParseError) in
                    let object = try ThreatObject(bytes, at: offset)
                    context.take(object)
                    return object.end
                },
                other: { [self] error, offset in
                    if let error {
                        intake.note(.damagedObject, "An object is damaged: \(error). The others are used.")
                    } else {
                        intake.note(.malformedPattern, "Near byte \(offset), expected an object.")
                    }
                },
                member: { _ in }))
        if outcome.failure == nil {
            if outcome.hasOtherMember {
                intake.note(.damagedFile, "The file is no bundle: expected a list of objects.")
            } else if outcome.listCount == 0 {
                intake.note(
                    .damagedFile,
                    outcome.isObject
                        ? "The file is no bundle: expected a list named objects."
                        : "The file is no bundle: expected a list of objects.")
            } else if outcome.listCount > 1 {
                intake.note(.remark, "The bundle has several lists of objects; all of them were used.")
            }
        }
        return outcome
    }

    private func walkIndicators(_ body: @escaping (ThreatObject, Int) -> Void) {
        number = 0
        var stream = JSONStream(source)
        _ = stream.walk(
            list: "objects",
            JSONStream.Handlers(
                object: { [self] bytes, offset throws(ParseError) in
                    let object = try ThreatObject(bytes, at: offset)
                    if case .indicator = object.kind {
                        body(object, number)
                        number += 1
                    }
                    return object.end
                },
                other: { _, _ in }, member: { _ in }))
    }

    // MARK: - Indicators

    private func use(_ object: ThreatObject, _ number: Int) {
        var identifier: String { object.identifier?.string ?? "" }
        let key = context.knowsIdentifiers ? object.key : nil
        guard context.isNewest(key, number) else {
            return intake.note(.duplicate, "The identifier occurs again with a newer or later version.", identifier)
        }
        guard !object.isRevoked else {
            return intake.note(.revoked, "The publisher has withdrawn the indicator.", identifier)
        }
        guard object.patternType?.equals("stix") ?? true else {
            return intake.note(.unsupportedPattern, "The pattern is in another language than STIX.", identifier)
        }
        guard !isBenign(object) else {
            return intake.note(.refusedValue, "The publisher says that the indicator is benign.", identifier)
        }
        guard let pattern = object.pattern else {
            return intake.note(.malformedPattern, "The indicator has no pattern.", identifier)
        }
        if object.hasDuplicates {
            intake.note(.remark, "A property of the indicator occurs twice; the last one was used.", identifier)
        }
        let (family, reference) = context.family(of: key, link: object.link)
        let (colour, statement) =
            object.markingReferences.map { place in
                marking.value(for: place.content) { context.marking(of: object) }
            } ?? (nil, nil)
        let facts = IndicatorFacts(
            family: family, reference: reference, validFrom: object.validFrom?.moment,
            validUntil: object.validUntil?.moment,
            confidence: object.confidence?.integer.flatMap { (0...100).contains($0) ? Int($0) : nil },
            publisher: object.createdBy.flatMap { maker in
                publisher.value(for: maker.content) { context.publisher(of: object) }
            }, marking: colour, licence: statement)
        let text = object.name ?? object.description
        pattern.withBytes { pattern in
            guard let place = IndicatorPattern.simple(pattern) else {
                return intake.add(pattern: pattern, identifier: identifier, note: text?.string, facts: facts)
            }
            // In place, without a copy of any text: most indicators of a large bundle are such.
            (object.identifier ?? .empty).withBytes { identifier in
                guard let text else {
                    return intake.add(simple: place, of: pattern, identifier: identifier, note: nil, facts: facts)
                }
                text.withBytes {
                    intake.add(simple: place, of: pattern, identifier: identifier, note: $0, facts: facts)
                }
            }
        }
    }

    private func isBenign(_ object: ThreatObject) -> Bool {
        var (benign, malicious) = (false, false)
        for list in [object.indicatorTypes, object.labels] where list != nil {
            ThreatObject.forEachText(list) { text in
                if text.equals("benign") { benign = true }
                if text.equals("malicious-activity") { malicious = true }
            }
        }
        return benign && !malicious
    }
}
