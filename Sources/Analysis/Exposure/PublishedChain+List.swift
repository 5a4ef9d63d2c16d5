import ArtifactModel

extension PublishedChain {
    /// The chains for which a source names the releases; the earliest use first.
    ///
    /// A chain of which only a code name is published (LATENTIMAGE), or no release (FINDMYPWN), is not here.
    static let all: [PublishedChain] = [
        PublishedChain(
            "KISMET", "Pegasus", [], firstUse: "2020-07-01", oldest: "13.5.1", fixes: ["14.0"], fixedOn: "2020-09-16",
            references: [
                Reference(
                    "Citizen Lab", "The Great iPwn", date: "2020-12-20",
                    link: "https://citizenlab.ca/2020/12/the-great-ipwn/")
            ]),
        PublishedChain(
            "ENDOFDAYS", "KingSpawn", [], firstUse: "2021-01-01", oldest: "14.4", newest: "14.4.2",
            references: [Reference("Citizen Lab", "Sweet QuaDreams", date: "2023-04-11")]),
        PublishedChain(
            "FORCEDENTRY", "Pegasus", ["CVE-2021-30860"], firstUse: "2021-02-01", oldest: "12.0",
            fixes: ["12.5.5", "14.8"], fixedOn: "2021-09-13",
            references: [
                Reference(
                    "Citizen Lab", "FORCEDENTRY: NSO Group iMessage Zero-Click Exploit Captured in the Wild",
                    date: "2021-09-13",
                    link: "https://citizenlab.ca/2021/09/"
                        + "forcedentry-nso-group-imessage-zero-click-exploit-captured-in-the-wild/"),
                Reference(
                    "Apple", "About the security content of iOS 14.8 and iPadOS 14.8", date: "2021-09-13",
                    link: "https://support.apple.com/HT212807"),
                Reference(
                    "Apple", "About the security content of iOS 12.5.5", date: "2021-09-23",
                    link: "https://support.apple.com/HT212824"),
            ]),
        PublishedChain(
            "Operation Triangulation", "Triangulation", ["CVE-2023-32434", "CVE-2023-32435"], firstUse: "2019-01-01",
            oldest: "12.0", fixes: ["15.7.7", "16.5.1"], fixedOn: "2023-06-21",
            references: [
                Reference(
                    "Kaspersky", "Operation Triangulation: iOS devices targeted with previously unknown malware",
                    date: "2023-06-01", link: "https://securelist.com/operation-triangulation/109842/"),
                Reference(
                    "Apple", "About the security content of iOS 15.7.7 and iPadOS 15.7.7", date: "2023-06-21",
                    link: "https://support.apple.com/HT213811"),
                Reference(
                    "Apple", "About the security content of iOS 16.5.1 and iPadOS 16.5.1", date: "2023-06-21",
                    link: "https://support.apple.com/HT213814"),
            ]),
        PublishedChain(
            "PWNYOURHOME", "Pegasus", [], firstUse: "2022-10-01", oldest: "15.0", fixes: ["16.3.1"],
            fixedOn: "2023-02-13",
            references: [
                Reference(
                    "Citizen Lab", "Triple Threat: NSO Group's Pegasus Spyware Returns in 2022", date: "2023-04-18",
                    link: "https://citizenlab.ca/2023/04/nso-groups-pegasus-spyware-returns-in-2022/")
            ]),
        PublishedChain(
            "BLASTPASS", "Pegasus", ["CVE-2023-41064", "CVE-2023-41061"], firstUse: "2023-09-01", oldest: "15.0",
            fixes: ["15.7.9", "16.6.1"], fixedOn: "2023-09-07",
            references: [
                Reference(
                    "Citizen Lab", "BLASTPASS: NSO Group iPhone Zero-Click, Zero-Day Exploit Captured in the Wild",
                    date: "2023-09-07",
                    link: "https://citizenlab.ca/2023/09/"
                        + "blastpass-nso-group-iphone-zero-click-zero-day-exploit-captured-in-the-wild/"),
                Reference(
                    "Apple", "About the security content of iOS 16.6.1 and iPadOS 16.6.1", date: "2023-09-07",
                    link: "https://support.apple.com/HT213905"),
                Reference(
                    "Apple", "About the security content of iOS 15.7.9 and iPadOS 15.7.9", date: "2023-09-11",
                    link: "https://support.apple.com/HT213913"),
            ]),
        PublishedChain(
            "Predator in the Wires", "Predator", ["CVE-2023-41991", "CVE-2023-41992", "CVE-2023-41993"],
            firstUse: "2023-05-01", oldest: "16.0", fixes: ["16.7", "17.0.1"], fixedOn: "2023-09-21",
            references: [
                Reference(
                    "Citizen Lab", "Predator in the Wires: Ahmed Eltantawy Targeted with Predator Spyware",
                    date: "2023-09-22",
                    link: "https://citizenlab.ca/2023/09/predator-in-the-wires-ahmed-eltantawy-targeted-with-predator-"
                        + "spyware-after-announcing-presidential-ambitions/")
            ]),
        PublishedChain(
            "the iMessage chain of Graphite", "Graphite", ["CVE-2025-43200"], firstUse: "2025-01-01", oldest: "18.0",
            fixes: ["18.3.1"], fixedOn: "2025-02-10",
            references: [Reference("Citizen Lab", "Graphite Caught", date: "2025-06-12")]),
        PublishedChain(
            "Coruna", "Coruna", [], firstUse: "2025-02-01", oldest: "13.0", newest: "17.2.1",
            references: [
                Reference("Google Threat Intelligence Group", "Coruna: an iOS exploit kit", date: "2026-03")
            ]),
        PublishedChain(
            "DarkSword", "DarkSword", [], firstUse: "2025-11-01", oldest: "18.4", newest: "18.7",
            references: [
                Reference("Google Threat Intelligence Group, iVerify and Lookout", "DarkSword", date: "2026-03")
            ]),
    ].sorted { ($0.firstUse, $0.name) < ($1.firstUse, $1.name) }
}
