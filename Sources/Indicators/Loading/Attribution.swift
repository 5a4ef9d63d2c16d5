/// Which family an indicator of a bundle belongs to, found by identifiers.
struct Attribution {
    /// What a relationship can attribute an indicator to, the most telling first.
    private static let attributable = ["malware", "tool", "campaign", "intrusion-set", "threat-actor"]

    /// What an indicator is attributed to.
    private struct Family {
        let name: String
        let link: String?
        /// The place in `attributable`.
        let rank: Int
    }

    private var families: [String: Family] = [:]
    /// By the indicator's identifier, from relationships.
    private var indicated: [String: Family] = [:]
    /// By the indicator's identifier: the first report that lists it.
    private var reports: [String: (name: String?, link: String?, malware: Family?)] = [:]
    private var onlyMalware: Family?

    init(_ objects: [ThreatObject]) {
        var malwareCount = 0
        for object in objects {
            guard let rank = Attribution.attributable.firstIndex(of: object.type), let name = object.name, !name.isEmpty
            else { continue }
            let family = Family(name: name, link: object.link, rank: rank)
            if rank == 0, families[object.identifier] == nil {
                malwareCount += 1
                onlyMalware = malwareCount == 1 ? family : nil
            }
            families[object.identifier] = family
        }
        for object in objects where object.type == "relationship" && object.relationshipType == "indicates" {
            guard !object.isRevoked, let family = families[object.targetReference] else { continue }
            if let other = indicated[object.sourceReference], other.rank <= family.rank { continue }
            indicated[object.sourceReference] = family
        }
        for report in objects where report.type == "report" && !report.isRevoked {
            let malware = Attribution.firstMalware(report.objectReferences, families)
            for reference in report.objectReferences where reports[reference] == nil {
                guard reference.hasPrefix("indicator--") else { continue }
                reports[reference] = (report.name, report.link, malware)
            }
        }
    }

    private static func firstMalware(_ references: [String], _ families: [String: Family]) -> Family? {
        for reference in references {
            if let family = families[reference], family.rank == 0 { return family }
        }
        return nil
    }

    /// The family's name, and the first link among those of the indicator, the family and the report.
    func family(of object: ThreatObject) -> (name: String?, link: String?) {
        let report = reports[object.identifier]
        let family = indicated[object.identifier] ?? report?.malware ?? onlyMalware
        return (family?.name ?? report?.name, object.link ?? family?.link ?? report?.link)
    }
}
