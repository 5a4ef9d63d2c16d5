public import CaseModel
import Indicators
public import Primitives
import Synchronization

/// Asks shortening services where links lead, one link after the other, through a proxy that somebody named.
///
/// The address that a service names is read and never asked, unless it is a short link itself. `HEAD` is asked, and
/// `GET` only of a service that allows no `HEAD`; a body is never read.
public final class ShortLinkResolver: Sendable {
    /// How much is asked, and for how long.
    public struct Limits: Sendable, Hashable {
        /// The most links of one call.
        public var links = 1_000
        /// How long one answer may take, in seconds.
        public var seconds = 20.0
        /// How long one call may take, in seconds.
        public var totalSeconds = 3_600.0
        /// The pause between two questions, in seconds.
        public var pause = 0.5
        /// After how many questions in a row without any answer the others are not asked.
        public var silences = 5

        /// The defaults.
        public init() {}
    }

    private let reader: HeadReader
    private let limits: Limits
    private let now: @Sendable () -> Timestamp?
    /// What was heard before, so that no link is asked twice for two cases.
    private let known = Mutex<[String: ShortLinkAnswer]>([:])

    /// Asks through a proxy that was made the one of the whole command; `now` is the clock for the answers.
    public init(_ proxy: WebProxy, limits: Limits = Limits(), now: @escaping @Sendable () -> Timestamp?) {
        reader = HeadReader(proxy: proxy, seconds: limits.seconds)
        self.limits = limits
        self.now = now
    }

    /// The host and the port of the proxy, for people.
    public var proxy: String { reader.proxy.name }

    /// Of these links, those that would be asked; the rest is beyond the limit.
    public func asked(of links: [String]) -> [String] { Array(links.prefix(limits.links)) }

    /// An answer for each link, in their order. Stops between two questions, and in the middle of one.
    public func answers(
        for links: [String], isStopped: @escaping @Sendable () -> Bool = { false }
    ) async -> [ShortLinkAnswer] {
        let deadline = ContinuousClock.now + .seconds(limits.totalSeconds)
        var (silences, hasAsked) = (0, false)
        var answers: [ShortLinkAnswer] = []
        for (index, text) in links.enumerated() {
            if let answer = known.withLock({ $0[text] }) {
                answers.append(answer)
                continue
            }
            guard index < limits.links, silences < limits.silences, !isStopped(), ContinuousClock.now < deadline,
                case .askable(let link) = ShortLink.read(text), link.text == text
            else {
                answers.append(ShortLinkAnswer(link: text, outcome: .notAsked))
                continue
            }
            if hasAsked { await rest(isStopped) }
            hasAsked = true
            let answer = isStopped() ? ShortLinkAnswer(link: text, outcome: .notAsked) : await resolve(link, isStopped)
            answers.append(answer)
            switch answer.outcome {
            // Without the proxy no other question would fare better.
            case .proxyFailed: silences = limits.silences
            case .noAnswer: silences += 1
            default: silences = 0
            }
            if answer.outcome.isAnswer { known.withLock { $0[text] = answer } }
        }
        return answers
    }

    /// Follows one link from service to service.
    private func resolve(_ first: ShortLink, _ isStopped: @escaping @Sendable () -> Bool) async -> ShortLinkAnswer {
        var answer = ShortLinkAnswer(link: first.text, outcome: .noAnswer, asked: now())
        // Without a clock that can be written down there is no answer that means anything.
        guard answer.asked != nil else { return ShortLinkAnswer(link: first.text, outcome: .notAsked) }
        var (link, seen) = (first, Set([first.text]))
        while true {
            switch await head(of: link, isStopped) {
            case .proxyFailed: answer.outcome = .proxyFailed
            case .nothing: answer.outcome = .noAnswer
            case .head(let status, nil): answer.outcome = ShortLinkResolver.outcome(of: status)
            case .head(_, let location?):
                guard let address = NamedAddress.absolute(location, from: link.text) else {
                    answer.outcome = .unusable
                    return answer
                }
                answer.hops.append(address)
                guard case .askable(let next) = ShortLink.read(address) else {
                    answer.outcome = .led
                    return answer
                }
                guard seen.insert(next.text).inserted else {
                    answer.outcome = .loop
                    return answer
                }
                guard answer.hops.count < ShortLinkAnswer.hopLimit else {
                    answer.outcome = .tooManyHops
                    return answer
                }
                await rest(isStopped)
                guard !isStopped() else { return answer }
                link = next
                continue
            }
            return answer
        }
    }

    private func head(of link: ShortLink, _ isStopped: @escaping @Sendable () -> Bool) async -> HeadReader.Answer {
        let answer = await reader.read(link.text, method: "HEAD", isStopped: isStopped)
        guard case .head(let status, _) = answer, status == 405 || status == 501, !isStopped() else { return answer }
        return await reader.read(link.text, method: "GET", isStopped: isStopped)
    }

    private static func outcome(of status: Int) -> ShortLinkAnswer.Outcome {
        switch status {
        case 200..<400: .ledNowhere
        case 404, 410: .gone
        case 400..<500: .refused
        case 500..<600: .serviceError
        default: .noAnswer
        }
    }

    /// Waits between two questions, unless the run is stopped.
    private func rest(_ isStopped: @Sendable () -> Bool) async {
        let end = ContinuousClock.now + .seconds(limits.pause)
        while ContinuousClock.now < end, !isStopped() {
            guard (try? await Task.sleep(for: .seconds(min(0.05, limits.pause)))) != nil else { return }
        }
    }
}
