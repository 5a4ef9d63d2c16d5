import ArtifactModel
import CaseModel
import FileFormats
import Primitives

extension CaseReport {
    /// Reads `case.json`; without findings and coverage, which stand in files of their own.
    init?(stored object: JSONValue) {
        guard let evidence = object["evidence"].flatMap({ EvidenceSummary(stored: $0) }),
            let verdict = object["verdict"]?.text.flatMap({ Verdict(rawValue: $0) }), verdict != .confirmed,
            let started = object["started"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
            let ended = object["ended"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
            let isComplete = object["complete"]?.truth
        else { return nil }
        var counts: [Severity: Int] = [:]
        for severity in Severity.allCases {
            guard let count = object["findings"]?[severity.word]?.integer, count >= 0, count < 1 << 40 else {
                return nil
            }
            if count > 0 { counts[severity] = Int(count) }
        }
        let sources = object["indicators"]?["sources"]?.list ?? []
        self.init(
            toolVersion: object["version"]?.text ?? "", evidence: evidence, started: started, ended: ended,
            indicatorSources: sources.compactMap { source in
                guard let name = source["name"]?.text else { return nil }
                return IndicatorSource(
                    name: name, indicators: source["indicators"].count, problems: source["problems"].count)
            },
            indicatorDigest: object["indicators"]?["digest"]?.text ?? "", coverage: Coverage(), counts: counts,
            findings: [], verdict: verdict,
            verdictReasons: object["verdict_because"]?.list?.compactMap(\.text) ?? [], isComplete: isComplete)
        includesContent = object["content"]?.truth
    }
}

extension EvidenceSummary {
    fileprivate init?(stored object: JSONValue) {
        guard let kind = object["kind"]?.text, let path = object["path"]?.text else { return nil }
        var device = Device()
        let stored = object["device"]
        device.name = stored?["name"]?.text
        device.productType = stored?["product_type"]?.text
        device.osVersion = stored?["os_version"]?.text
        device.osBuild = stored?["os_build"]?.text
        device.serialNumber = stored?["serial_number"]?.text
        device.imei = stored?["imei"]?.text
        device.phoneNumber = stored?["phone_number"]?.text
        device.identifier = stored?["identifier"]?.text
        self.init(
            kind: kind, path: path, location: object["location"]?.text,
            isEncrypted: object["encrypted"]?.truth ?? false, device: device,
            taken: object["taken"]?.text.flatMap { Timestamp(rfc3339: $0) },
            remarks: object["remarks"]?.list?.compactMap(\.text) ?? [])
    }
}

extension Coverage {
    /// Reads `coverage.json`.
    init?(stored object: JSONValue) {
        guard let artifacts = object["artifacts"]?.list, let families = object["families"]?.list else { return nil }
        self.init(
            artifacts: artifacts.compactMap { Artifact(stored: $0) },
            families: families.compactMap { Family(stored: $0) })
        rules = object["rules"]?.list?.compactMap { Rule(stored: $0) } ?? []
        if let stored = object["short_links"] {
            shortLinks.found = stored["found"].count
            shortLinks.beyondLimit = stored["beyond_limit"].count
            shortLinks.unfit = stored["unfit"].count
            shortLinks.asked = stored["asked"].count
            shortLinks.answered = stored["answered"].count
            shortLinks.led = stored["led"].count
            shortLinks.recordsNotJudged = stored["records_not_judged"].count
        }
    }
}

extension Coverage.Rule {
    fileprivate init?(stored object: JSONValue) {
        guard let identifier = object["rule"]?.text else { return nil }
        self.init(
            identifier: identifier, family: object["family"]?.text,
            artifacts: object["artifacts"]?.list?.compactMap(\.text) ?? [],
            examined: object["with_records"]?.list?.compactMap(\.text) ?? [],
            couldFire: object["could_fire"]?.truth ?? false, hits: object["hits"].count,
            timeless: object["without_time"].count, incomplete: object["without_field"].count,
            omitted: object["not_listed"].count, isCut: object["window_cut"]?.truth ?? false)
        notAsked = object["not_asked"]?.list?.prefix(100).compactMap(\.text) ?? []
    }
}

extension Coverage.Artifact {
    fileprivate init?(stored object: JSONValue) {
        guard let identifier = object["artifact"]?.text else { return nil }
        self.init(
            identifier: identifier, title: object["title"]?.text ?? identifier,
            summary: object["summary"]?.text ?? "", standing: object["standing"]?.text ?? "",
            losses: object["losses"]?.list?.compactMap(\.text) ?? [])
        shows = object["shows"]?.list?.compactMap { $0.text.flatMap { Observable.State(rawValue: $0) } } ?? []
        isApplicable = object["status"]?.text != Coverage.Status.notApplicable.rawValue
        reach = ClosedRange(stored: object)
        failure = object["stopped_because"].flatMap { ParseError(stored: $0) }
        files = object["files"]?.list?.compactMap { Coverage.File(stored: $0) } ?? []
    }
}

extension Coverage.File {
    fileprivate init?(stored object: JSONValue) {
        guard let path = object["path"]?.text else { return nil }
        self.init(path: path)
        digest = object["sha256"]?.text
        records = object["records"].count
        recovered = object["recovered"].count
        damageCount = object["damages"].count
        damages = object["listed_damages"]?.list?.compactMap { ParseError(stored: $0) } ?? []
        isInterrupted = object["stopped_because"]?.text == "interrupted"
        failure = object["stopped_because"].flatMap { ParseError(stored: $0) }
    }
}

extension Coverage.Family {
    fileprivate init?(stored object: JSONValue) {
        guard let name = object["family"]?.text else { return nil }
        var years: Coverage.PublishedYears?
        if let first = object["published_from"]?.integer.flatMap({ Int(exactly: $0) }) {
            years = Coverage.PublishedYears(
                first: first, last: object["published_until"]?.integer.flatMap { Int(exactly: $0) })
        }
        self.init(
            name: name, indicators: object["indicators"].count,
            comparableIndicators: object["could_have_matched"].count,
            wholeIndicators: object["could_have_matched_undamaged"].count, checks: object["rules"].count,
            appliedChecks: object["rules_applied"].count, wholeChecks: object["rules_applied_undamaged"].count,
            years: years, reach: ClosedRange(stored: object),
            examined: object["examined_in"]?.list?.compactMap(\.text) ?? [],
            missing: object["not_examined_in"]?.list?.compactMap(\.text) ?? [])
    }
}

extension DeviceFact {
    /// Reads a line of `facts.jsonl`.
    init?(stored object: JSONValue) {
        guard let kind = object["kind"]?.text.flatMap({ FactKind(rawValue: $0) }),
            let subject = object["subject"]?.text,
            let artifact = object["artifact"]?.text, let source = object["source"]
        else { return nil }
        let (path, location) = Location.read(source)
        guard let path, let location else { return nil }
        self.init(
            kind: kind, subject: subject, detail: object["detail"]?.text ?? "", isOn: object["on"]?.truth ?? true,
            first: object["first"]?.text.flatMap { Timestamp(rfc3339: $0) },
            last: object["last"]?.text.flatMap { Timestamp(rfc3339: $0) }, records: object["records"].count,
            artifact: artifact, path: path, location: location)
    }
}

extension ParseError {
    /// Reads a damage of `coverage.json`.
    fileprivate init?(stored object: JSONValue) {
        let kinds: [Kind] = [.truncated, .malformed, .unsupported, .beyondLimit, .unreadable, .absent, .locked]
        guard let name = object["kind"]?.text, let kind = kinds.first(where: { $0.name == name }),
            let expected = object["expected"]?.text
        else { return nil }
        self.init(
            kind, expected, at: object["offset"]?.integer.flatMap { Int(exactly: $0) }, in: object["place"]?.text)
    }
}

extension ClosedRange<Timestamp> {
    /// Reads `earliest` and `latest`.
    fileprivate init?(stored object: JSONValue) {
        guard let first = object["earliest"]?.text.flatMap({ Timestamp(rfc3339: $0) }),
            let last = object["latest"]?.text.flatMap({ Timestamp(rfc3339: $0) }), first <= last
        else { return nil }
        self = first...last
    }
}

extension JSONValue? {
    /// A stored count; what is none, or could not be added up with others, counts as nothing.
    fileprivate var count: Int {
        guard let number = self?.integer, (0..<1 << 40).contains(number) else { return 0 }
        return Int(number)
    }
}
