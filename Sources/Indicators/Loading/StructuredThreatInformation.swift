import FileFormats
import Primitives

/// The indicators of a STIX bundle, version 2.0 or 2.1, and everything in it that could not be used.
///
/// Nothing stops the load: a damaged file gives what stands before the damage, a pattern that is not understood is one
/// problem. Takes time in proportion to the size of the file.
/// Source: https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html
public struct StructuredThreatInformation: Sendable {
    /// The indicators, in the order of the file.
    public private(set) var indicators: [Indicator] = []
    /// What was not used, or not as it stands there, in the order of the file.
    public private(set) var problems: [IndicatorProblem] = []

    private let source: String

    /// Reads a bundle, or an array of objects; `source` is the name under which the reader of a finding knows the file.
    public init(_ bytes: [UInt8], source: String) {
        self.source = source
        var objects: [ThreatObject] = []
        do throws(ParseError) {
            try read(bytes, into: &objects)
        } catch {
            note(.damagedFile, "The file is damaged: \(error). What stands before was used.")
        }
        resolve(objects)
    }

    private mutating func note(_ kind: IndicatorProblem.Kind, _ reason: String, _ identifier: String = "") {
        let short = String(identifier.prefix(100))
        problems.append(IndicatorProblem(source: source, identifier: short, kind: kind, reason: reason))
    }

    private mutating func read(_ bytes: [UInt8], into objects: inout [ThreatObject]) throws(ParseError) {
        var reader = JSONReader(bytes, depthLimit: 64)
        if try reader.enterObject() {
            var hasObjects = false
            while let key = try reader.key() {
                guard key == "objects" else { continue }
                hasObjects = true
                try readList(&reader, into: &objects)
            }
            if !hasObjects { note(.damagedFile, "The file is no bundle: expected a list named objects.") }
        } else {
            try readList(&reader, into: &objects)
        }
        try reader.end()
    }

    private mutating func readList(
        _ reader: inout JSONReader, into objects: inout [ThreatObject]
    ) throws(ParseError) {
        guard try reader.enterArray() else {
            try reader.skip()
            note(.damagedFile, "The file is no bundle: expected a list of objects.")
            return
        }
        while try reader.element() {
            let offset = reader.offset
            if let object = try ThreatObject(&reader) {
                objects.append(object)
            } else {
                note(.malformedPattern, "Near byte \(offset), expected an object.")
            }
        }
    }

    private mutating func resolve(_ objects: [ThreatObject]) {
        let attribution = Attribution(objects)
        // Of several versions the newest counts; of equally new ones the last.
        var newest: [String: Int] = [:]
        for (number, object) in objects.enumerated() where object.type == "indicator" && !object.identifier.isEmpty {
            if let other = newest[object.identifier].map({ objects[$0].modified }), let other,
                let modified = object.modified, modified < other
            {
                continue
            }
            newest[object.identifier] = number
        }
        for (number, object) in objects.enumerated() where object.type == "indicator" {
            guard object.identifier.isEmpty || newest[object.identifier] == number else {
                note(.duplicate, "The identifier occurs again with a newer or later version.", object.identifier)
                continue
            }
            add(object, attribution)
        }
    }

    private mutating func add(_ object: ThreatObject, _ attribution: Attribution) {
        let identifier = object.identifier
        guard !object.isRevoked else { return note(.revoked, "The publisher has withdrawn the indicator.", identifier) }
        guard object.patternType == nil || object.patternType == "stix" else {
            return note(.unsupportedPattern, "The pattern is in another language than STIX.", identifier)
        }
        guard !object.indicatorTypes.contains("benign") || object.indicatorTypes.contains("malicious-activity") else {
            return note(.refusedValue, "The publisher says that the indicator is benign.", identifier)
        }
        guard let pattern = object.pattern else {
            return note(.malformedPattern, "The indicator has no pattern.", identifier)
        }
        let equalities: [IndicatorPattern.Equality]
        do throws(IndicatorPattern.Refusal) {
            equalities = try IndicatorPattern(pattern).equalities
        } catch {
            return note(error.kind, error.reason, identifier)
        }
        let (family, reference) = attribution.family(of: object)
        for equality in equalities {
            do throws(IndicatorPattern.Refusal) {
                let published = try PublishedValue(equality.property, equality.value)
                if let remark = published.remark { note(.remark, remark, identifier) }
                indicators.append(
                    Indicator(
                        published.kind, equality.value, family: family, source: source, reference: reference,
                        note: object.name ?? object.description, identifier: identifier, validFrom: object.validFrom,
                        validUntil: object.validUntil, confidence: object.confidence))
            } catch {
                note(error.kind, error.reason, identifier)
            }
        }
    }
}
