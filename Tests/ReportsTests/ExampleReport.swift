import ArtifactModel
import CaseModel
import Primitives

/// A report as a check of a telephone would give it; every name in it is invented or published.
enum ExampleReport {
    static let amnesty = Reference(
        "Amnesty International", "Forensic Methodology Report: How to catch NSO Group’s Pegasus", date: "2021-07-18",
        link: "https://www.amnesty.org/en/latest/research/2021/07/"
            + "forensic-methodology-report-how-to-catch-nso-groups-pegasus/")
    static let citizenLab = Reference(
        "Citizen Lab", "FORCEDENTRY: NSO Group iMessage Zero-Click Exploit Captured in the Wild", date: "2021-09-13",
        link: "https://citizenlab.ca/2021/09/forcedentry-nso-group-imessage-zero-click-exploit-captured-in-the-wild/")

    /// A moment that is written in this file.
    static func moment(_ text: String) -> Timestamp {
        guard let moment = Timestamp(rfc3339: text) else { preconditionFailure("expected RFC 3339: \(text)") }
        return moment
    }

    static let process = Finding(
        severity: .critical,
        cause: .indicator(
            Finding.IndicatorCitation(
                type: "process:name", value: "bh", observed: "bh", match: "exact", family: "Pegasus",
                source: "pegasus.stix2", reference: amnesty.citation)),
        title: "A process with a published name used the network", artifact: "apple.network.data-usage",
        artifactTitle: "Data usage", moment: moment("2021-11-03T07:12:09.250000Z"),
        path: "WirelessDomain/Library/Databases/DataUsage.sqlite", location: .row(318, table: "ZPROCESS"),
        record: [
            NamedValue("first_seen", .moment(moment("2021-11-03T07:12:09.250000Z"))),
            NamedValue("last_seen", .moment(moment("2021-11-03T07:14:51.000000Z"))),
            NamedValue("process", .text("bh")), NamedValue("bundle_identifier", .absent),
            NamedValue("wwan_in", .integer(18_204)), NamedValue("wwan_out", .integer(1_204_551)),
        ],
        family: "Pegasus", state: .ran,
        meaning: "The record of network use lists a process under a name that Amnesty International published as one "
            + "that Pegasus gave itself.",
        limits: "It does not show what the process did, nor what it sent.",
        benignCauses: ["No ordinary process of this name is known. A name of two letters can be a coincidence."],
        nextStep: "Keep the backup and ask for an expert today. Take a sysdiagnose before the device is restarted, if "
            + "an expert says so.")

    static func message(_ number: Int64) -> Finding {
        Finding(
            severity: .high,
            cause: .indicator(
                Finding.IndicatorCitation(
                    type: "domain-name", value: "mailappzone.example",
                    observed: "https://get1tn0w.mailappzone.example/Ud5cH\(number)q", match: "subdomain",
                    family: "Pegasus", source: "pegasus.stix2", reference: citizenLab.citation)),
            title: "A message holds a link to a published address", artifact: "apple.messages.sms",
            artifactTitle: "Messages", moment: moment("2021-10-\(10 + number % 20)T18:40:00Z"),
            path: "HomeDomain/Library/SMS/sms.db", location: .row(1_200 + number, table: "message"),
            record: [
                NamedValue("sent", .moment(moment("2021-10-\(10 + number % 20)T18:40:00Z"))),
                NamedValue("sender", .text("+256 700 000 0\(10 + number)")),
                NamedValue("links", .texts(["https://get1tn0w.mailappzone.example/Ud5cH\(number)q"])),
                NamedValue("read", .truth(number.isMultiple(of: 2))),
            ],
            family: "Pegasus", state: .attempted,
            meaning: "A message that reached the device holds a link to a site that Citizen Lab published as one that "
                + "delivered Pegasus.",
            limits: "It does not show that the link was opened, nor that anything was delivered.",
            benignCauses: ["A friend or a journalist forwarded the link as a warning"],
            nextStep: "Do not open the link. Do not delete the message.")
    }

    static let redirect = Finding(
        severity: .medium, cause: .check(identifier: "redirect-under-a-second", references: [amnesty]),
        title: "An unencrypted page led elsewhere in under a second", artifact: "apple.web.safari-history",
        artifactTitle: "Safari history", moment: moment("2021-10-30T22:02:41.881203Z"),
        path: "HomeDomain/Library/Safari/History.db", location: .row(77, table: "history_visits"),
        record: [
            NamedValue("visit", .integer(77)), NamedValue("url", .text("http://yahoo.fr/")),
            NamedValue(
                "redirect_url", .text("https://bun54l2b67.example/szev4hz#011356570257117296834845704022338973")),
            NamedValue("redirect_seconds", .real(0.317)),
        ],
        family: "Pegasus", state: .visited,
        meaning: "Safari opened a page without encryption and was led to another site in less than a second, a trace "
            + "that network injection left on the phones of Moroccan activists in 2019.",
        limits: "It does not show who redirected the page, nor that anything was delivered.",
        benignCauses: [
            "Sites that still answer on http:// send visitors to another address of theirs",
            "Link shorteners, advertising and captive portals of Wi-Fi networks do the same",
        ],
        nextStep: "Look at the destination: a long random path or an odd port needs an expert.")

    static let profile = Finding(
        severity: .informational, cause: .check(identifier: "profile-installed", references: [amnesty]),
        title: "A configuration profile is installed", artifact: "apple.profiles.configuration-profiles",
        artifactTitle: "Configuration profiles", moment: nil,
        path: "SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles/Library/ConfigurationProfiles/"
            + "profile-5a1f.stub",
        location: .key("PayloadIdentifier"),
        record: [NamedValue("profile_identifier", .text("org.example.wifi")), NamedValue("removable", .truth(true))],
        family: nil, state: .installed, meaning: "A profile that changes settings of the device is installed.",
        limits: "It does not show who installed it.",
        benignCauses: ["Employers, schools and Wi-Fi networks install profiles"],
        nextStep: "Ask the owner whether they know it.")

    static func artifact(
        _ identifier: String, _ title: String, _ summary: String, path: String? = nil, records: Int = 0,
        reach: (String, String)? = nil, losses: [String] = []
    ) -> Coverage.Artifact {
        var artifact = Coverage.Artifact(
            identifier: identifier, title: title, summary: summary, standing: "documented", losses: losses)
        if let path {
            var file = Coverage.File(path: path)
            file.records = records
            let digit = String(path.utf8.count % 10)
            file.digest = String(repeating: "3f9a\(digit)b0c", count: 9) + "d"
            artifact.files = [file]
        }
        if let reach { artifact.reach = moment(reach.0)...moment(reach.1) }
        return artifact
    }

    static var coverage: Coverage {
        var messages = artifact(
            "apple.messages.sms", "Messages", "Text messages and iMessages with their links",
            path: "HomeDomain/Library/SMS/sms.db", records: 18_442,
            reach: ("2017-03-02T00:00:00Z", "2021-11-04T09:00:00Z"),
            losses: ["Deleted messages are not recorded", "Messages of other applications are not here"])
        messages.files[0].damageCount = 14
        messages.files[0].damages = [
            ParseError(.malformed, "a typed stream", at: 12_288, in: "message, row 881"),
            ParseError(.truncated, "an overflow page", at: 409_600),
        ]
        var calls = artifact(
            "apple.calls.call-history", "Call history", "Calls with number, service and duration",
            path: "HomeDomain/Library/CallHistoryDB/CallHistory.storedata", records: 212,
            reach: ("2021-08-01T00:00:00Z", "2021-11-04T08:12:00Z"), losses: ["Only the last thousand calls are kept"])
        calls.files[0].failure = ParseError(.truncated, "a page of the table ZCALLRECORD", at: 65_536)
        var powerLog = artifact("apple.power.power-log", "Power log", "Energy use by process")
        powerLog.isApplicable = false
        return Coverage(
            artifacts: [
                messages, calls,
                artifact(
                    "apple.network.data-usage", "Data usage", "Network use by process since the last reset",
                    path: "WirelessDomain/Library/Databases/DataUsage.sqlite", records: 641,
                    reach: ("2019-01-12T00:00:00Z", "2021-11-04T07:59:00Z"),
                    losses: ["A reset of the statistics empties it"]),
                artifact(
                    "apple.web.safari-history", "Safari history",
                    "Pages that Safari recorded as visited, and the redirects between them",
                    path: "HomeDomain/Library/Safari/History.db", records: 9_120,
                    reach: ("2020-11-05T00:00:00Z", "2021-11-04T08:55:00Z"),
                    losses: ["Private tabs are not recorded", "Safari forgets visits after a year at the latest"]),
                artifact("apple.web.chrome-history", "Chrome history", "Pages that Chrome recorded as visited"),
                artifact("apple.messages.whatsapp", "WhatsApp", "WhatsApp messages with their links"), powerLog,
            ],
            families: [
                Coverage.Family(
                    name: "", indicators: 112, comparableIndicators: 12, checks: 2, appliedChecks: 2),
                Coverage.Family(
                    name: "Pegasus", indicators: 1_549, comparableIndicators: 1_411, checks: 5, appliedChecks: 4),
                Coverage.Family(
                    name: "Predator", indicators: 402, comparableIndicators: 391, checks: 2, appliedChecks: 1),
                Coverage.Family(
                    name: "Triangulation", indicators: 29, comparableIndicators: 15, checks: 1, appliedChecks: 0),
            ])
    }

    static func report(
        verdict: Verdict = .strongMatch, findings: [Finding]? = nil, isComplete: Bool = true,
        kind: String = "ios-backup"
    ) -> CaseReport {
        let findings = findings ?? ([process, redirect, profile] + (0..<24).map(message)).sorted()
        var counts: [Severity: Int] = [:]
        for finding in findings { counts[finding.severity, default: 0] += 1 }
        var evidence = EvidenceSummary(
            kind: kind, path: "/evidence/00008030-001A2B3C4D5E6F70", isEncrypted: true,
            taken: moment("2021-11-04T09:21:40Z"),
            remarks: ["The list of files names 3 files that are not in the backup."])
        evidence.device.name = "Amina’s iPhone"
        evidence.device.productType = "iPhone12,1"
        evidence.device.osVersion = "14.8"
        evidence.device.osBuild = "18H17"
        evidence.device.serialNumber = "F2LXEXAMPLE1"
        evidence.device.imei = "353000000000000"
        evidence.device.phoneNumber = "+256 700 000 000"
        evidence.device.identifier = "00008030-001A2B3C4D5E6F70"
        return CaseReport(
            toolVersion: "0.1.0", evidence: evidence, started: moment("2026-11-22T06:40:00Z"),
            ended: moment("2026-11-22T06:40:07Z"),
            indicatorSources: [
                CaseReport.IndicatorSource(name: "pegasus.stix2", indicators: 1_549, problems: 0),
                CaseReport.IndicatorSource(name: "predator.stix2", indicators: 402, problems: 3),
            ],
            indicatorDigest: String(repeating: "9c41ab07", count: 8), coverage: coverage, counts: counts,
            findings: findings, verdict: verdict, isComplete: isComplete)
    }
}
