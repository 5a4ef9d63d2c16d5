public import Primitives

/// What came of asking a shortening service where a link leads: an answer of that moment, not of the evidence.
public struct ShortLinkAnswer: Sendable, Hashable {
    /// How the asking ended.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// The service named an address that no shortening service has; that address was not asked.
        case led
        /// The service answered with a page of its own.
        case ledNowhere = "led-nowhere"
        /// The service does not know the link, or not any more (404, 410).
        case gone
        /// The service does not tell this machine or this proxy (any other 4xx).
        case refused
        /// The service had trouble of its own (5xx).
        case serviceError = "service-error"
        /// The service named something that can't be an address, or is too long for one.
        case unusable
        /// One short link led to the next, and that to the first.
        case loop
        /// One short link led to the next, more often than is followed.
        case tooManyHops = "too-many-hops"
        /// Nothing came back that is an answer.
        case noAnswer = "no-answer"
        /// The proxy could not be reached, or refused.
        case proxyFailed = "proxy-failed"
        /// It was not asked: too many, too long, or the run was stopped.
        case notAsked = "not-asked"

        /// Whether the service said something of the link, so that asking again would tell it more than it would us.
        public var isAnswer: Bool {
            switch self {
            case .led, .ledNowhere, .gone, .refused, .unusable, .loop, .tooManyHops: true
            case .serviceError, .noAnswer, .proxyFailed, .notAsked: false
            }
        }
    }

    /// How many addresses one link can lead through, and how long each may be in bytes.
    public static let hopLimit = 5
    public static let addressLimit = 4_096

    /// The short link, normalised.
    public var link: String
    /// How it ended.
    public var outcome: Outcome
    /// When it was asked, by the clock of this machine; nothing if it was not.
    public var asked: Timestamp?
    /// The addresses that were named, in order; the last one is where it led.
    public var hops: [String]

    /// Joins the parts.
    public init(link: String, outcome: Outcome, asked: Timestamp? = nil, hops: [String] = []) {
        self.link = link
        self.outcome = outcome
        self.asked = asked
        self.hops = hops
    }

    /// Whether a text can be an address that a service named: not empty, not too long, without control characters.
    public static func isAddress(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= addressLimit
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }
    }

    /// Appends a line of `short-links.jsonl`, without its end.
    public func write(json buffer: inout TextBuffer) {
        buffer.append("{\"link\":")
        buffer.append(jsonString: link)
        buffer.append(",\"outcome\":")
        buffer.append(jsonString: outcome.rawValue)
        buffer.append(",\"asked\":")
        buffer.append(jsonMoment: asked)
        buffer.append(",\"led_to\":")
        if let last = hops.last { buffer.append(jsonString: last) } else { buffer.append("null") }
        buffer.append(",\"hops\":")
        buffer.append(jsonStrings: hops)
        buffer.append("}")
    }
}
