import ArtifactModel

extension TextMessages {
    static let facts: [Fact<Entry>] = [
        // `account` reads `E:person@example.org`, `P:+256…` or `e:`; what stands before the colon says which kind.
        Fact(.account) { entry in
            guard let account = entry.account.map(address), !account.isEmpty else { return nil }
            return FactReading(account, "Messages", at: entry.date)
        },
        Fact(.threatNotification) { entry in
            guard entry.direction != .sent, entry.body.text.map(ThreatNotice.opens) == true else { return nil }
            return FactReading(entry.correspondent ?? "", entry.service ?? "", at: entry.date)
        },
    ]

    private static func address(_ account: String) -> String {
        guard account.utf8.dropFirst().first == UInt8(ascii: ":") else { return account }
        return String(account.dropFirst(2))
    }
}

extension WhatsappMessages {
    static let facts: [Fact<Entry>] = [
        Fact(.application) { FactReading("net.whatsapp.WhatsApp", at: $0.date ?? $0.sent) }
    ]
}
