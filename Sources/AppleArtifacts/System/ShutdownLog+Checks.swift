import ArtifactModel

extension ShutdownLog {
    /// The folder in which Pegasus was published to keep its programs, and in which iOS unpacks parts of updates.
    private static let staging = ["private", "var", "db", "com.apple.xpc.roleaccountd.staging"]

    private static let limits =
        "It does not show what the program did, nor that it is spyware. Only programs that were slow to end are named."
    private static let step =
        "Keep the log and the whole evidence. Look for the name and the path in network statistics, crash reports and "
        + "the file list around the same day, and ask an expert. Don't update or reset the device before that."

    static let checks: [Check<Entry>] = [
        Check(
            "program-in-role-account-staging", .high, "A program ran from the staging folder of role accounts",
            family: "Pegasus", state: .ran,
            meaning: "At a shutdown a program was still running from com.apple.xpc.roleaccountd.staging in "
                + "/private/var/db. Amnesty International and Kaspersky published this folder as the one that "
                + "Pegasus ran from.",
            limits: limits,
            benignCauses: ["The update service of iOS runs from a folder inside it; that one path is left out"],
            nextStep: step, references: [DataUsage.methodology, method],
            matches: { entry in entry.path.map { isStaged(parts($0)) } ?? false }),
        Check(
            "program-in-var-db", .medium, "A program ran from /private/var/db", state: .ran,
            meaning: "At a shutdown a program was still running from below /private/var/db. Kaspersky found programs "
                + "of Pegasus and Reign at such paths in this log.",
            limits: limits,
            benignCauses: [
                "iOS unpacks parts of updates there; the one path that is known is left out, others may exist"
            ],
            nextStep: step, references: [method],
            matches: { entry in
                guard let parts = entry.path.map(parts) else { return false }
                return isBelow(["private", "var", "db"], parts) && !isStaged(parts) && !isUpdateService(parts)
            }),
        Check(
            "program-in-var-tmp", .medium, "A program ran from /private/var/tmp", state: .ran,
            meaning: "At a shutdown a program was still running from below /private/var/tmp. Kaspersky found programs "
                + "of Predator at such paths in this log.",
            limits: limits,
            benignCauses: [
                "Developer tools on a device that is used for development", "A jailbreak that its owner made",
            ],
            nextStep: step, references: [method],
            matches: { entry in entry.path.map { isBelow(["private", "var", "tmp"], parts($0)) } ?? false }),
        Check(
            "program-delayed-shutdown", .low,
            "A program that is not the system's delayed a shutdown four times or more",
            state: .ran,
            meaning: "Four or more notices of one shutdown name the same program, and it does not lie where the "
                + "programs of the system do. Kaspersky calls more than three or four notices a reason to look.",
            limits: limits,
            benignCauses: [
                "Applications that save much data when they are closed", "Two or three notices are ordinary",
            ],
            nextStep:
                "Ask the owner whether they know the application, and compare with the other shutdowns of the log.",
            references: [method],
            matches: { entry in
                guard entry.notices >= 4, let path = entry.path else { return false }
                return !isSystem(parts(path))
            }),
    ]

    /// The parts of a path below `/`, `/var` and `/tmp` taken as what they are links to.
    static func parts(_ path: String) -> [Substring] {
        let parts = path.split(separator: "/").filter { $0 != "." }
        switch parts.first {
        case "var": return ["private"] + parts
        case "tmp": return ["private", "var"] + parts
        default: return parts
        }
    }

    static func isBelow(_ folder: [Substring], _ parts: [Substring]) -> Bool {
        parts.count > folder.count && parts.starts(with: folder)
    }

    static func isStaged(_ parts: [Substring]) -> Bool {
        isBelow(staging.map { Substring($0) }, parts) && !isUpdateService(parts)
    }

    /// `…/exec/16777219.47299.xpc/com.apple.NRD.UpdateBrainService`, as ordinary devices have it.
    static func isUpdateService(_ parts: [Substring]) -> Bool {
        guard parts.count == staging.count + 3, parts.starts(with: staging.map { Substring($0) }) else { return false }
        let numbers = parts[staging.count + 1].split(separator: ".", omittingEmptySubsequences: false)
        return parts[staging.count] == "exec" && parts[staging.count + 2] == "com.apple.NRD.UpdateBrainService"
            && numbers.count == 3 && numbers[2] == "xpc"
            && numbers.prefix(2).allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
    }

    /// Whether a path lies on the sealed volumes of the system, where nobody can write; a path that climbs does not.
    static func isSystem(_ parts: [Substring]) -> Bool {
        guard !parts.contains("..") else { return false }
        if ["System", "usr", "sbin", "bin", "Applications", "Developer", "kernel"].contains(parts.first) {
            return true
        }
        return parts.starts(with: ["private", "preboot"])
    }
}
