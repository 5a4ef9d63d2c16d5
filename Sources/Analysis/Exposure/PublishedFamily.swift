import ArtifactModel
import CaseModel

/// What is published about a spyware family as a whole: the years of its traces, and what it can reach on a device.
///
/// Only what a named source says. A family that is not here has no years and no reach, and that is said.
struct PublishedFamily: Sendable {
    /// The names under which publishers write it; the first is the house's own.
    let names: [String]
    /// The years for which traces of it were published.
    let years: Coverage.PublishedYears
    /// What it can read or record on a device that it runs on, in the words of this house.
    let reach: [String]
    /// Who says so.
    let references: [Reference]

    /// The family that a publisher calls by this name.
    static func named(_ name: String) -> PublishedFamily? {
        let wanted = plain(name)
        return all.first { $0.names.contains { plain($0) == wanted } }
    }

    /// Letters and digits in lower case: `Operation Triangulation` is `OperationTriangulation`.
    private static func plain(_ name: String) -> [UInt8] {
        name.lowercased().utf8.filter { (97...122).contains($0) || (48...57).contains($0) || $0 > 127 }
    }

    /// All of them.
    static let all: [PublishedFamily] = [
        PublishedFamily(
            names: ["Pegasus", "NSO Group Pegasus", "NSO Pegasus"], years: Coverage.PublishedYears(first: 2016),
            reach: ["messages", "mail", "photos and files", "contacts", "calls", "microphone", "camera", "location"],
            references: [
                Reference(
                    "Amnesty International",
                    "Massive data leak reveals Israeli NSO Group's spyware used to target activists, journalists, and "
                        + "political leaders globally", date: "2021-07-19"),
                Reference(
                    "Citizen Lab",
                    "The Million Dollar Dissident: NSO Group's iPhone Zero-Days used against a UAE "
                        + "Human Rights Defender", date: "2016-08-24",
                    link: "https://citizenlab.ca/2016/08/million-dollar-dissident-iphone-zero-day-nso-group-uae/"),
            ]),
        PublishedFamily(
            names: ["Predator", "Cytrox", "Intellexa Predator"], years: Coverage.PublishedYears(first: 2021),
            reach: ["messages of several messengers", "calls and calls over messengers, as sound", "microphone"],
            references: [
                Reference(
                    "Citizen Lab",
                    "Pegasus vs. Predator: Dissident's Doubly-Infected iPhone Reveals Cytrox Mercenary Spyware",
                    date: "2021-12-16",
                    link: "https://citizenlab.ca/2021/12/"
                        + "pegasus-vs-predator-dissidents-doubly-infected-iphone-reveals-cytrox-mercenary-spyware/"),
                Reference(
                    "Cisco Talos", "Mercenary mayhem: A technical analysis of Intellexa's PREDATOR spyware",
                    date: "2023-05-25"),
            ]),
        PublishedFamily(
            names: ["KingSpawn", "QuaDream", "Reign"], years: Coverage.PublishedYears(first: 2021, last: 2023),
            reach: [
                "calls, as sound", "microphone", "camera", "the keychain with its passwords",
                "codes for signing in to iCloud", "files and databases", "location",
            ],
            references: [
                Reference("Citizen Lab", "Sweet QuaDreams", date: "2023-04-11"),
                Reference(
                    "Microsoft Threat Intelligence", "DEV-0196: QuaDream's KingSpawn malware", date: "2023-04-11"),
            ]),
        PublishedFamily(
            names: ["Triangulation", "Operation Triangulation", "TriangleDB"],
            years: Coverage.PublishedYears(first: 2019, last: 2023),
            reach: [
                "microphone", "the keychain with its passwords", "databases of applications", "photos", "location",
            ],
            references: [
                Reference(
                    "Kaspersky", "Operation Triangulation: iOS devices targeted with previously unknown malware",
                    date: "2023-06-01", link: "https://securelist.com/operation-triangulation/109842/"),
                Reference(
                    "Kaspersky", "The outstanding stealth of Operation Triangulation", date: "2023-10-23",
                    link: "https://securelist.com/triangulation-validators-modules/110847/"),
            ]),
        PublishedFamily(
            names: ["Graphite", "Paragon", "Paragon Graphite"], years: Coverage.PublishedYears(first: 2024),
            reach: ["messages of messengers"],
            references: [
                Reference(
                    "Citizen Lab", "Virtue or Vice? A First Look at Paragon's Proliferating Spyware Operations",
                    date: "2025-03-19"),
                Reference("Citizen Lab", "Graphite Caught", date: "2025-06-12"),
            ]),
    ]
}
