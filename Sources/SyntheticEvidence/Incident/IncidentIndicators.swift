/// A small STIX 2.1 bundle for the demo: a few values that Amnesty International published in 2021.
///
/// Source: Amnesty International Security Lab, "Forensic Methodology Report: How to catch NSO Group's Pegasus",
/// 18 July 2021, <https://www.amnesty.org/en/latest/research/2021/07/forensic-methodology-report-how-to-catch-nso-groups-pegasus/>.
public enum IncidentIndicators {
    /// A published domain that the demo plants.
    public static let domain = "free247downloads.com"
    /// Published process names that the demo plants.
    public static let processes = ["bh", "roleaccountd", "msgacntd"]
    /// A published account that the demo plants.
    public static let account = "linakeller2203@gmail.com"

    /// The bundle as JSON text.
    public static let bundle: String = {
        let link =
            "https://www.amnesty.org/en/latest/research/2021/07/"
            + "forensic-methodology-report-how-to-catch-nso-groups-pegasus/"
        let malware = "malware--00000000-0000-4000-8000-000000000001"
        var objects = [
            """
            {"type":"malware","spec_version":"2.1","id":"\(malware)","created":"2021-07-18T00:00:00Z",\
            "modified":"2021-07-18T00:00:00Z","name":"Pegasus","is_family":true,\
            "external_references":[{"source_name":"Amnesty International Security Lab","url":"\(link)"}]}
            """
        ]
        let patterns =
            ["[domain-name:value = '\(domain)']", "[email-addr:value = '\(account)']"]
            + processes.map { "[process:name = '\($0)']" }
        for (index, pattern) in patterns.enumerated() {
            let number = String(index + 1)
            let digits = String(repeating: "0", count: 12 - number.count) + number
            let indicator = "indicator--00000000-0000-4000-8000-\(digits)"
            objects.append(
                """
                {"type":"indicator","spec_version":"2.1","id":"\(indicator)","created":"2021-07-18T00:00:00Z",\
                "modified":"2021-07-18T00:00:00Z","pattern_type":"stix","pattern":"\(pattern)",\
                "valid_from":"2021-07-18T00:00:00Z"}
                """)
            objects.append(
                """
                {"type":"relationship","spec_version":"2.1","id":"relationship--00000000-0000-4000-8000-\(digits)",\
                "created":"2021-07-18T00:00:00Z","modified":"2021-07-18T00:00:00Z",\
                "relationship_type":"indicates","source_ref":"\(indicator)","target_ref":"\(malware)"}
                """)
        }
        return "{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000000\",\"objects\":[\n"
            + objects.joined(separator: ",\n") + "\n]}\n"
    }()
}
