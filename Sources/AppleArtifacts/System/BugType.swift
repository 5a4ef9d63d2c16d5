/// What the numbers mean by which the crash reporter tells its reports apart.
///
/// Source: the list of kinds in Apple's OSAnalytics framework (`submissionConfig.plist`), as published by
/// https://github.com/blacktop/ipsw (`pkg/crashlog/data/log_type.json`); the words are ours.
enum BugType {
    private static let meanings: [String: String] = [
        "9": "crash", "109": "crash", "309": "crash",
        "308": "fault that did not end the program",
        "185": "limit of a resource passed", "385": "limit of a resource passed",
        "227": "too many threads", "327": "too many threads",
        "22": "CPU use above a limit", "202": "CPU use above a limit", "206": "CPU use that ended the program",
        "25": "wakeups above a limit", "142": "wakeups above a limit",
        "44": "writing above a limit", "144": "writing above a limit", "145": "writing above a limit",
        "30": "memory use above a limit", "152": "picture of memory", "154": "picture of memory",
        "11": "hang", "12": "hang", "222": "hang", "223": "hang", "228": "hang", "239": "hang", "310": "hang",
        "10": "kernel panic", "110": "kernel panic", "210": "kernel panic", "410": "kernel panic",
        "409": "system did not answer its watchdog",
        "188": "processes of a moment", "288": "processes of a moment", "509": "processes of a moment",
        "98": "memory shortage", "198": "memory shortage", "298": "memory shortage",
        "301": "memory reset",
        "115": "count of resets", "151": "forced restart", "120": "low battery",
        "159": "crash of the cellular modem", "184": "restart of the graphics processor",
        "284": "restart of the graphics processor",
        "183": "update of the system", "194": "restore of the system",
        "33": "analytics", "211": "analytics",
    ]

    /// Kinds of which the body says nothing of one process: analytics by the line, and lists of processes, which are
    /// artefacts of their own.
    static let withoutProcess: Set<String> = [
        "33", "98", "188", "193", "198", "211", "225", "226", "230", "231", "288", "298", "313",
    ]

    /// The meaning in words, if the number is known.
    static func meaning(_ type: String?) -> String? { type.flatMap { meanings[$0] } }

    /// Whether a report of this kind is about one process, whose name stands in its first line.
    static func isOfProcess(_ type: String?) -> Bool {
        guard let type, let meaning = meanings[type] else { return false }
        return ["crash", "fault", "limit", "too many", "CPU use", "wakeups", "writing", "memory use", "hang"].contains {
            meaning.hasPrefix($0)
        }
    }

    /// Whether a report of this kind says that a program came to a bad end.
    static func isCrash(_ type: String?) -> Bool { type == "9" || type == "109" || type == "309" }
}
