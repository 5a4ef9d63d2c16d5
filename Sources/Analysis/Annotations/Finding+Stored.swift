import ArtifactModel
import CaseModel
import FileFormats
import Primitives

extension Finding {
    /// Reads a line of `findings.jsonl`; the titles of artefacts stand in `coverage.json`.
    ///
    /// Members that are not known are passed over, so that a later version's cases can be read.
    init(stored line: [UInt8], titles: [String: String]) throws(ParseError) {
        var reader = JSONReader(line, depthLimit: 128)
        guard try reader.enterObject() else { throw ParseError(.malformed, "an object") }
        var texts: [String: String] = [:]
        var parts = StoredParts()
        while let name = try reader.key() {
            switch name {
            case "source": try parts.readSource(&reader)
            case "record":
                var budget = Value.storedLimit
                guard case .table(let members) = try Value(stored: &reader, budget: &budget) else {
                    throw ParseError(.malformed, "an object", in: name)
                }
                parts.record = members.map { member in NamedValue(member.name, member.value.asMember) }
            case "indicator": parts.indicator = try reader.value()
            case "rule": parts.rule = try reader.value()
            case "records": parts.records = try reader.value()
            case "record_count": parts.recordCount = try reader.value()
            case "benign_causes": parts.benignCauses = try reader.value().list?.compactMap(\.text) ?? []
            case "seen_on_ordinary_devices": parts.measurement = try reader.value()
            default: if let text = try reader.string() { texts[name] = text }
            }
        }
        try reader.end()
        guard let id = texts["id"], Finding.isIdentifier(id), let artifact = texts["artifact"],
            let severity = texts["severity"].flatMap({ Severity(word: $0) }), let title = texts["title"],
            let state = texts["state"].flatMap({ Observable.State(rawValue: $0) }), let path = parts.path,
            let location = parts.location
        else { throw ParseError(.malformed, "a finding with id, severity, title, state, artifact and source") }
        self.init(
            severity: severity, cause: try parts.cause(artifact, isRule: texts["kind"] == "rule"), title: title,
            artifact: artifact,
            artifactTitle: titles[artifact] ?? artifact, moment: texts["moment"].flatMap { Timestamp(rfc3339: $0) },
            path: path, location: location, record: parts.record, records: parts.citedRecords,
            recordCount: parts.recordCount.integer.flatMap { Int(exactly: $0) } ?? 1, family: texts["family"],
            state: state,
            meaning: texts["meaning"] ?? "", limits: texts["limits"] ?? "", benignCauses: parts.benignCauses,
            nextStep: texts["next_step"] ?? "", measurement: parts.readMeasurement)
        self.id = id
    }
}

/// The nested parts of a stored finding.
private struct StoredParts {
    var path: String?
    var location: Location?
    var record: [NamedValue] = []
    var indicator: JSONValue = .null
    var rule: JSONValue = .null
    var benignCauses: [String] = []
    var measurement: JSONValue = .null
    var records: JSONValue = .null
    var recordCount: JSONValue = .null

    mutating func readSource(_ reader: inout JSONReader) throws(ParseError) {
        (path, location) = Location.read(try reader.value())
    }

    var readMeasurement: Measurement? {
        guard let hits = measurement["hits"]?.integer, let records = measurement["records"]?.integer,
            let corpus = measurement["corpus"]?.text
        else { return nil }
        return Measurement(hits: Int(hits), records: Int(records), corpus: corpus)
    }

    /// The records that a rule over several rests on.
    var citedRecords: [Finding.CitedRecord] {
        (records.list ?? []).compactMap { record in
            guard let artifact = record["artifact"]?.text, let source = record["source"] else { return nil }
            let (path, location) = Location.read(source)
            guard let path, let location else { return nil }
            return Finding.CitedRecord(
                artifact: artifact, moment: record["moment"]?.text.flatMap { Timestamp(rfc3339: $0) }, path: path,
                location: location)
        }
    }

    func cause(_ artifact: String, isRule: Bool) throws(ParseError) -> Finding.Cause {
        if let type = indicator["type"]?.text, let value = indicator["value"]?.text {
            let through = indicator["through"]
            let asked = through?["asked"]?.text.flatMap { Timestamp(rfc3339: $0) }
            let resolution = through?["link"]?.text.flatMap { link in
                asked.map { Finding.Resolution(link: link, asked: $0) }
            }
            return .indicator(
                Finding.IndicatorCitation(
                    type: type, value: value, observed: indicator["observed"]?.text ?? "",
                    match: indicator["match"]?.text ?? "", family: indicator["family"]?.text,
                    source: indicator["source"]?.text ?? "", reference: indicator["reference"]?.text,
                    resolution: resolution))
        }
        guard let identifier = rule["id"]?.text else { throw ParseError(.malformed, "an indicator or a rule") }
        let references = rule["references"]?.list?.compactMap(\.text).map { Reference($0, "") } ?? []
        if isRule {
            return .rule(
                Finding.RuleCitation(
                    identifier: identifier, version: rule["version"]?.integer.flatMap { Int(exactly: $0) } ?? 1,
                    isCorrelation: records.list != nil, references: references))
        }
        let prefix = artifact + "/"
        return .check(
            identifier: identifier.hasPrefix(prefix) ? String(identifier.dropFirst(prefix.count)) : identifier,
            references: references)
    }
}

extension Location {
    /// Reads the `source` of a finding or a fact.
    static func read(_ source: JSONValue) -> (path: String?, location: Location?) {
        let path = source["path"]?.text
        if let recovered = source["recovered"], let table = source["table"]?.text {
            return (path, Recovery(stored: recovered, source).map { .recovered($0, table: table) })
        }
        if let table = source["table"]?.text, let row = source["row"]?.integer {
            return (path, .row(row, table: table))
        }
        if let key = source["key"]?.text { return (path, .key(key)) }
        if let offset = source["offset"]?.integer.flatMap({ Int(exactly: $0) }) { return (path, .offset(offset)) }
        return (path, nil)
    }
}

extension Recovery {
    /// Reads `recovered` of a source.
    fileprivate init?(stored object: JSONValue, _ source: JSONValue) {
        guard let origin = object["from"]?.text.flatMap({ Origin(rawValue: $0) }),
            let certainty = object["certainty"]?.text.flatMap({ Certainty(rawValue: $0) }),
            let page = object["page"]?.integer.flatMap({ Int(exactly: $0) }),
            let offset = source["offset"]?.integer.flatMap({ Int(exactly: $0) })
        else { return nil }
        self.init(
            row: source["row"]?.integer, origin: origin, certainty: certainty, page: page, offset: offset,
            frame: object["frame"]?.integer.flatMap { Int(exactly: $0) },
            isEarlierVersion: object["version"]?.text == "earlier")
    }
}

extension Value {
    /// Reads any JSON value, with the members of objects in their order. Recursive, as deep as the reader's limit allows.
    ///
    /// Loss: a stored moment and stored bytes come back as the text that was written of them. `budget` is how many values
    /// there may be: a few bytes of text can stand for many times as much memory.
    init(stored reader: inout JSONReader, budget: inout Int) throws(ParseError) {
        budget -= 1
        guard budget >= 0 else { throw ParseError(.beyondLimit, "at most \(Value.storedLimit) values") }
        if let text = try reader.string() {
            self = .text(text)
        } else if try reader.enterObject() {
            var members: [NamedValue] = []
            while let name = try reader.key() {
                members.append(NamedValue(name, try Value(stored: &reader, budget: &budget)))
            }
            self = .table(members)
        } else if try reader.enterArray() {
            var values: [Value] = []
            while try reader.element() { values.append(try Value(stored: &reader, budget: &budget)) }
            self = .list(values)
        } else if let number = try reader.integer() {
            self = .integer(number)
        } else if let number = try reader.number() {
            self = .real(number)
        } else if let truth = try reader.truth() {
            self = .truth(truth)
        } else if try reader.null() {
            self = .absent
        } else {
            throw ParseError(.malformed, "a value", at: reader.offset)
        }
    }

    /// The value as a field has it: a list of texts is texts.
    var asMember: Value {
        guard case .list(let values) = self, !values.isEmpty else { return self }
        var texts: [String] = []
        for value in values {
            guard case .text(let text) = value else { return self }
            texts.append(text)
        }
        return .texts(texts)
    }
}
