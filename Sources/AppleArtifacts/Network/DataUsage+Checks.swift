import ArtifactModel

extension DataUsage {
    private static let published = [
        methodology,
        Reference(
            "Citizen Lab and Front Line Defenders",
            "Peace through Pegasus: Jordanian Human Rights Defenders and Journalists Hacked with Pegasus Spyware",
            date: "2022-04-05",
            link: "https://citizenlab.ca/2022/04/peace-through-pegasus-jordanian-human-rights-defenders-and-"
                + "journalists-hacked-with-pegasus-spyware/"),
    ]

    static let checks: [Check<Entry>] = [
        BackupAgentTraffic.check { $0.process },
        Check(
            "usage-without-process", .high, "Network use is counted for a process whose entry is gone",
            family: "Pegasus", state: .ran,
            meaning: "A count of sent and received bytes refers to a process that the table of processes does not "
                + "hold. Amnesty International and Citizen Lab published this as what Pegasus left behind when it "
                + "removed its own name.",
            limits: "The name of the process is not recorded, nor who removed it, nor why.",
            benignCauses: ["None is published; a database that was repaired or rewritten by a tool can show the same"],
            nextStep: "Keep the backup. Compare the time of the count with messages, crash reports and reboots of "
                + "the same day, and ask an expert.",
            references: published,
            matches: { $0.processFound == false }),
        Check(
            "usage-without-reference", .low, "Network use is counted for no process",
            state: .unknown,
            meaning: "A count of sent and received bytes refers to no process at all. The published trace of Pegasus "
                + "is a reference to a process that is gone; here the reference itself is gone.",
            limits: "The name of the process is not recorded. The published cases do not describe this form.",
            benignCauses: [
                "The database is written by Core Data, which can empty a reference when the row that it refers to "
                    + "is removed in the ordinary way",
                "A damaged database",
            ],
            nextStep: "Compare the time of the count with the other findings of the same day.",
            references: [
                methodology,
                Reference(
                    "Apple", "NSDeleteRule", link: "https://developer.apple.com/documentation/coredata/nsdeleterule"),
            ],
            matches: { $0.usageRow != nil && $0.processRow == nil }),
        Check(
            "missing-processes", .informational, "Numbers are missing in the list of processes",
            meaning: "Processes are numbered one after the other, and one or more numbers before this one are not "
                + "there: rows were removed. Removed rows were published as context in cases of Pegasus.",
            limits: "It does not show what was removed. Ordinary devices show the same.",
            benignCauses: ["iOS removes rows itself, for instance when an application is removed"],
            nextStep: "Nothing by itself. Use it only beside other findings.",
            references: [methodology],
            matches: { ($0.missingBefore ?? 0) > 0 }),
        Check(
            "process-without-program", .medium,
            "A process used the network, and no program of its name is on the device",
            family: "Pegasus", state: .ran,
            meaning: "A process that belongs to no application used the network, and the file system holds no file of "
                + "its name. Programs of Pegasus were removed after they had run, while their names stayed in these "
                + "statistics.",
            limits: "It does not show what the process was. The name can be shortened or that of a thread, and files "
                + "that the tool of extraction left out look as if they were missing. It is asked only where the "
                + "programs of the system were read out.",
            benignCauses: [
                "Programs of an earlier release of iOS, whose names stay after an update",
                "Programs that the tool of extraction could not read, and those that lie in an image of the system",
            ],
            nextStep: "Look for the name in crash reports, the shutdown log and published lists, and compare the first "
                + "time with the day of the last update.",
            references: [
                methodology,
                Reference(
                    "MVT Project", "Records extracted by mvt-ios", link: "https://docs.mvt.re/en/latest/ios/records/"),
            ],
            matches: { $0.programFound == false }),
    ]
}

extension DataUsage.Entry {
    /// Says whether the program of a process that belongs to no application is on the device.
    mutating func note(_ programs: Set<Substring>?) {
        guard let programs, bundleIdentifier == nil, let name = ProgramNames.name(process) else { return }
        programFound = programs.contains(name)
    }
}
