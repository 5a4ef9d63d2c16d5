import ArtifactModel
import FileFormats

extension CrashReports {
    private static let forcedEntry = Reference(
        "Citizen Lab", "FORCEDENTRY: NSO Group iMessage Zero-Click Exploit Captured in the Wild", date: "2021-09-13",
        link: "https://citizenlab.ca/2021/09/forcedentry-nso-group-imessage-zero-click-exploit-captured-in-the-wild/")
    private static let tripleThreat = Reference(
        "Citizen Lab", "Triple Threat: NSO Group's Pegasus Spyware Returns in 2022", date: "2023-04-18",
        link: "https://citizenlab.ca/2023/04/nso-groups-pegasus-spyware-returns-in-2022/")
    private static let blastpass = Reference(
        "iVerify", "You Shall Not PASS: Analysing a NSO iOS Spyware Sample, Black Hat Asia", date: "2024-04")
    private static let nickname = Reference(
        "iVerify", "iVerify Uncovers Evidence of Zero-Click Mobile Exploitation in the U.S.", date: "2025-06-05")

    /// Programs whose crashes were published as traces of attacks by message.
    private static let parsers: Set<String> = [
        "IMTranscoderAgent", "MessagesBlastDoorService", "homed", "imagent", "fmfd",
    ]

    private static let step =
        "Keep the report and the whole evidence. Look for other reports, network use and messages of the same minutes, "
        + "and ask an expert. Don't update or reset the device before that."

    static let checks: [Check<Entry>] = [
        Check(
            "program-in-role-account-staging", .high, "A program ran from the staging folder of role accounts",
            family: "Pegasus", state: .ran,
            meaning: "A report names a program or a library in com.apple.xpc.roleaccountd.staging in /private/var/db. "
                + "Amnesty International published this folder as the one that Pegasus ran from.",
            limits: "It does not show what the program did.",
            benignCauses: ["The update service of iOS runs from a folder inside it; that one path is left out"],
            nextStep: step, references: [DataUsage.methodology, ShutdownLog.method],
            matches: { entry in paths(entry).contains(where: ProgramPlace.isStaged) }),
        Check(
            "program-in-var-db-or-tmp", .medium, "A program ran from /private/var/db or /private/var/tmp", state: .ran,
            meaning: "A report names a program or a library below /private/var/db or /private/var/tmp. Kaspersky found "
                + "programs of Pegasus, Reign and Predator at such paths in the shutdown log.",
            limits: "The paths were published for the shutdown log. It does not show what the program did.",
            benignCauses: [
                "Parts of updates that iOS unpacks", "Developer tools, or a jailbreak that the owner made",
            ],
            nextStep: step, references: [ShutdownLog.method],
            matches: { entry in
                paths(entry).contains {
                    ProgramPlace.isInTemporaryOrDatabaseFolder($0) && !ProgramPlace.isStaged($0)
                }
            }),
        Check(
            "message-parser-crash", .low, "A program that handles received messages or invitations crashed",
            state: .ran,
            meaning: "One of IMTranscoderAgent, MessagesBlastDoorService, homed, imagent and fmfd crashed. Crashes of "
                + "them, many within minutes or one after the other, were published as traces of attacks that need no "
                + "click.",
            limits: "One crash alone shows nothing of the kind: look for how many there are, and when.",
            benignCauses: [
                "Errors of the system, also with harmless pictures and messages", "Little memory or storage",
                "Beta releases",
            ],
            nextStep: step, references: [forcedEntry, tripleThreat, blastpass, nickname],
            matches: { entry in
                let isCrash =
                    BugType.isCrash(entry.header.bugType)
                    || (entry.header.bugType == nil && entry.report.exceptionType != nil)
                return isCrash && entry.process.map(parsers.contains) ?? false
            }),
    ]

    private static func paths(_ entry: Entry) -> [String] {
        (entry.report.path.map { [$0] } ?? []) + entry.unusualImages
    }
}
