/// Rules of the kinds that people write, in a number that nobody has written yet; none is about anything real.
enum GeneratedRules {
    static let ruleCount = 300
    static let correlationCount = 40

    /// All of them, as one file.
    static var text: String {
        var documents = (0..<ruleCount).map(rule)
        documents += (0..<correlationCount).map(correlation)
        return documents.joined(separator: "---\n")
    }

    private static func rule(_ number: Int) -> String {
        let (service, searches): (String, [String]) =
            switch number % 6 {
            case 0:
                (
                    "apple.web.safari-history",
                    [
                        "url|contains: ['bad\(number).example.org/', 'worse\(number).example.net/']",
                        "url|re: '^https?://[a-z0-9-]+[.]host\(number)[.](com|net|org)/[a-z]{4,12}'",
                        "url|startswith: 'http://n\(number).'\n    title|contains: 'word\(number)'",
                    ]
                )
            case 1:
                (
                    "apple.messages.text-messages",
                    [
                        "text|contains|all: ['parcel \(number)', 'customs']",
                        "text|contains: ['verify your account \(number)', 'lottery \(number)']\n    service: iMessage",
                        "links|contains: 'short\(number).example'",
                    ]
                )
            case 2:
                (
                    "apple.backup.manifest-entries",
                    [
                        "path|endswith: ['/implant\(number).dylib', '/loader\(number).plist']",
                        "relative_path: 'Library/Caches/*/stage\(number)-?.bin'",
                        "path|startswith: '/private/var/tmp/x\(number)/'\n    size|lt: 4096",
                    ]
                )
            case 3:
                (
                    "apple.network.data-usage",
                    [
                        "process: [agent\(number)d, helper\(number)d, sync\(number)d, relay\(number)d, watch\(number)d]",
                        "process|endswith: '/com.apple.service\(number)'\n    cellular_received|gt: 10000000",
                        "process|startswith: 'k\(number)'\n    bundle_identifier: null",
                    ]
                )
            case 4:
                (
                    "apple.messages.whatsapp-messages",
                    [
                        "text|contains: ['invoice \(number)', 'statement \(number)', 'payment \(number)']",
                        "text|re|i: 'password.{0,20}code\(number)'", "links|contains: 'drop\(number).example'",
                    ]
                )
            default:
                (
                    "apple.messages.text-messages",
                    [
                        "sender|startswith: '+99\(number)'", "sender: 'person\(number)@example.org'",
                        "text|endswith: 'reply STOP\(number)'",
                    ]
                )
            }
        // One in forty-eight stays quiet only because of a number that is compared with every record.
        let more = number % 48 == 1 ? "\n  other: {message_row|gt: 900000000}" : ""
        return """
            title: Generated rule \(number)
            id: generated-\(number)
            logsource: {product: ios, service: \(service)}
            detection:
              selection:
                \(searches[number / 6 % 3])\(more)
              condition: \(more.isEmpty ? "selection" : "selection or other")
            level: low

            """
    }

    private static func correlation(_ number: Int) -> String {
        let first = number * 6 % ruleCount
        let type = ["temporal", "temporal_ordered", "event_count"][number % 3]
        return """
            title: Generated correlation \(number)
            id: generated-correlation-\(number)
            correlation:
              type: \(type)
              rules: [generated-\(first), generated-\(first + 1), generated-\(first + 3)]
              timespan: \(5 + number)m
              generate: true
            \(type == "event_count" ? "  condition: {gte: 5}" : "")
            level: low

            """
    }

    /// Rules that fire on every message, and one correlation over all of them.
    static func everyMessage(_ count: Int, _ kind: String, _ condition: String) -> String {
        var documents = (0..<count).map { number in
            """
            title: Every message \(number)
            id: every-\(number)
            logsource: {product: ios, service: apple.messages.text-messages}
            detection: {selection: {message_row|exists: true}, condition: selection}

            """
        }
        documents.append(
            """
            title: Many messages
            id: many
            correlation:
              type: \(kind)
              rules: [\((0..<count).map { "every-\($0)" }.joined(separator: ", "))]
              timespan: 1d
              condition: {\(condition)}
            level: low

            """)
        return documents.joined(separator: "---\n")
    }
}
