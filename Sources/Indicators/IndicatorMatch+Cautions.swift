extension Indicator {
    /// What a reader has to know about its value, if it may be met on any device.
    public var caution: String? { BroadValues.caution(kind, value) }
}

extension IndicatorMatch {
    /// What a reader has to know about the match, each a sentence.
    public var cautions: [String] {
        var cautions: [String] = []
        if let caution = indicator.caution { cautions.append(caution) }
        if indicator.kind == .url || indicator.kind == .domainName, ShortLinks.isShortened(observed) {
            cautions.append("It is a shortened link: where it led is not recorded.")
        }
        if others > 0 {
            cautions.append(
                others == 1
                    ? "The value was published once more." : "The value was published \(others) times more.")
        }
        return cautions
    }
}
