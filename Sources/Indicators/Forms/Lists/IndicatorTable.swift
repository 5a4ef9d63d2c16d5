import Primitives

/// Loads a table of indicators with a header: from spreadsheets, feeds, exports of MISP.
///
/// A column named `value`, `indicator` or so holds the values, one named `type` says what they are; without it, they
/// are what they look like. Or columns are named for what they hold: `domain`, `ip`, `sha256`, `package`.
struct IndicatorTable {
    /// What a column is.
    private enum Column: Equatable {
        case value, type, family, reference, note, identifier, validFrom, validUntil, confidence, marking, detection
        /// Values under this property.
        case property(String)
        case other
    }

    private let intake: IndicatorIntake
    private var columns: [Column] = []
    /// Whether the types are those of MISP.
    private var isShared = false
    private var tally = SharedTally()
    private var guesses = 0

    /// Whether a text is such a table, and what stands between its cells.
    static func delimiter(_ bytes: [UInt8]) -> UInt8? {
        for delimiter in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")] {
            var rows = DelimitedRows(Array(bytes.prefix(64 << 10)), delimiter: delimiter)
            var last: DelimitedRows.Row?
            while let row = rows.next() {
                if row.isComment {
                    last = row
                    continue
                }
                if isHeader(columns(row.cells)) { return delimiter }
                // Some feeds write their header as a comment.
                if let last, isHeader(columns(commentCells(last, delimiter))), row.cells.count > 1 { return delimiter }
                break
            }
        }
        return nil
    }

    static func load(_ bytes: [UInt8], delimiter: UInt8, into intake: IndicatorIntake) {
        var table = IndicatorTable(intake: intake)
        var rows = DelimitedRows(bytes, delimiter: delimiter)
        var comment: DelimitedRows.Row?
        while let row = rows.next() {
            if row.isComment {
                comment = row
                continue
            }
            if table.columns.isEmpty {
                table.columns = columns(row.cells)
                if isHeader(table.columns) {
                    table.isShared = table.columns.contains(.detection) && table.columns.contains(.type)
                    continue
                }
                table.columns = comment.map { columns(commentCells($0, delimiter)) } ?? [.value]
            }
            table.take(row)
        }
        table.tally.say(to: intake)
        if table.guesses > 0 {
            intake.note(
                .remark, "\(table.guesses) values were taken for application identifiers, because they begin like one.")
        }
    }

    private init(intake: IndicatorIntake) { self.intake = intake }

    private static func commentCells(_ row: DelimitedRows.Row, _ delimiter: UInt8) -> [String] {
        let text = (row.cells.first ?? "").drop { $0 == "#" || $0 == " " }
        return text.split(separator: Character(Unicode.Scalar(delimiter)), omittingEmptySubsequences: false).map {
            $0.filter { $0 != "\"" }
        }
    }

    private static func isHeader(_ columns: [Column]) -> Bool {
        columns.count > 1
            && columns.contains { column in
                if case .property = column { true } else { column == .value }
            }
    }

    private static func columns(_ names: [String]) -> [Column] {
        let found = names.map { column(simplified($0)) }
        // With a column of values, others that are named for a kind are something else: a link to a report.
        guard found.contains(.value) else { return found }
        return found.map { if case .property = $0 { .other } else { $0 } }
    }

    /// Lower case, and only letters and digits.
    private static func simplified(_ name: String) -> String {
        String(
            name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    }

    private static func column(_ name: String) -> Column {
        switch name {
        case "value", "indicator", "indicatorvalue", "ioc", "iocvalue", "observable", "observablevalue", "artifact":
            .value
        case "type", "indicatortype", "ioctype", "observabletype", "kind", "datatype": .type
        case "malware", "malwarefamily", "family", "threat", "campaign", "malwareprintable", "threatname", "actor":
            .family
        case "reference", "references", "report", "sourceurl", "referenceurl": .reference
        case "comment", "description", "note", "notes", "title", "context": .note
        case "uuid", "id", "identifier", "iocid": .identifier
        case "firstseen", "firstseenutc", "validfrom", "dateadded": .validFrom
        case "validuntil", "expires", "expiration": .validUntil
        case "confidence", "confidencelevel": .confidence
        case "tlp", "marking": .marking
        case "toids": .detection
        default: property(name).map(Column.property) ?? .other
        }
    }

    /// The property that the name of a type or of a column stands for.
    static func property(_ name: String) -> String? {
        switch name {
        case "domain", "domains", "domainname", "hostname", "host", "fqdn", "domainnamevalue", "website":
            "domain-name:value"
        case "ip", "ips", "ipaddress", "ipaddr", "ipv4", "ipv6", "ipv4addr", "ipv6addr", "ipdst", "ipsrc", "cidr",
            "ipport",
            "ipv4addrvalue", "ipv6addrvalue":
            "ip"
        case "url", "urls", "uri", "link", "urlvalue": "url:value"
        case "email", "emails", "emailaddress", "emailaddr", "emailsrc", "emaildst", "mail", "emailaddrvalue":
            "email-addr:value"
        case "phone", "phonenumber", "phonenumbers", "phonenumbervalue": "phone-number:value"
        case "md5", "md5hash", "filehashmd5", "filehashesmd5": "file:hashes.md5"
        case "sha1", "sha1hash", "filehashsha1", "filehashessha1": "file:hashes.sha1"
        case "sha256", "sha256hash", "filehashsha256", "filehashessha256": "file:hashes.sha256"
        case "sha512", "sha512hash", "filehashsha512", "filehashessha512": "file:hashes.sha512"
        case "hash", "filehash": "hash"
        case "filename", "file": "file:name"
        case "filepath", "path", "fullpath", "directory": "file:path"
        case "process", "processname": "process:name"
        case "appid", "app", "application", "applicationid", "package", "packagename", "packages", "bundleid",
            "bundleidentifier", "mobileapplicationid":
            "app:id"
        case "certificate", "certificatesha1", "certsha1", "appcert", "appcertsha1", "certificatehash":
            "app:cert.sha1"
        case "certificatesha256", "certsha256", "appcertsha256": "app:cert.sha256"
        case "profile", "profileid", "configurationprofile", "configurationprofileid": "configuration-profile:id"
        default: nil
        }
    }

    // MARK: - Rows

    private mutating func take(_ row: DelimitedRows.Row) {
        guard !row.isDamaged else {
            return intake.note(.damagedObject, "The row on line \(row.line) is damaged or not UTF-8.")
        }
        var facts = IndicatorFacts()
        var (type, note, identifier): (String?, String?, String) = (nil, nil, "line \(row.line)")
        var isForDetection = true
        var values: [(property: String?, value: String)] = []
        for (column, cell) in zip(columns, row.cells) where !cell.isEmpty {
            switch column {
            case .value: values.append((nil, cell))
            case .property(let property): values.append((property, cell))
            case .type: type = cell
            case .family: facts.family = cell
            case .reference: facts.reference = cell
            case .note: note = cell
            case .identifier: identifier = cell
            case .validFrom: facts.validFrom = Timestamp(rfc3339: cell)
            case .validUntil: facts.validUntil = Timestamp(rfc3339: cell)
            case .confidence: facts.confidence = Int(cell).flatMap { (0...100).contains($0) ? $0 : nil }
            case .marking:
                if case .trafficLight(let colour) = ThreatMarking(trafficLight: cell) { facts.marking = colour }
            case .detection: isForDetection = ["1", "true", "yes"].contains(cell.lowercased())
            case .other: break
            }
        }
        guard !values.isEmpty else {
            return intake.note(.malformedPattern, "The row on line \(row.line) has no value.", identifier)
        }
        for (property, value) in values {
            if isShared, let type {
                var attribute = SharedAttribute()
                (attribute.type, attribute.value, attribute.identifier) = (type, value, identifier)
                (attribute.comment, attribute.isForDetection) = (note, isForDetection)
                tally.use(attribute, facts: facts, intake)
            } else {
                take(value, property, type, identifier, note, facts)
            }
        }
    }

    private mutating func take(
        _ text: String, _ property: String?, _ type: String?, _ identifier: String, _ note: String?,
        _ facts: IndicatorFacts
    ) {
        let value = ListedValue.restored(text)
        var named = property
        if named == nil, let type {
            // A word that STIX would use is good as it is.
            named = IndicatorTable.property(IndicatorTable.simplified(type))
            if named == nil, PublishedValue.kind(of: type) != nil { named = type }
            guard named != nil else {
                let name = type.utf8.count <= 60 ? type : "such a type"
                return intake.note(
                    .unknownProperty, "No record is compared with values of the type \(name).", identifier)
            }
        }
        switch named {
        case "ip":
            // Feeds write the port behind an address.
            let address =
                value.utf8.contains(UInt8(ascii: "."))
                ? String(value.prefix { $0 != ":" }) : value
            intake.add(
                SharedAttribute.addressProperty(address), address, identifier: identifier, note: note, facts: facts)
        case "hash", nil:
            guard let listed = ListedValue(value), named == nil || listed.property.hasPrefix("file:hashes") else {
                return intake.note(
                    .malformedPattern, "The value is of no kind that is known by its looks.", identifier)
            }
            if listed.isGuess { guesses += 1 }
            intake.add(listed.property, listed.value, identifier: identifier, note: note, facts: facts)
        case .some(let property):
            intake.add(property, value, identifier: identifier, note: note, facts: facts)
        }
    }
}
