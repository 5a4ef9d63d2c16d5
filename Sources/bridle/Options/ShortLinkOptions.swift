import Analysis
import ArgumentParser
import CaseModel
import IndicatorStore
import Indicators
import LinkResolution
import Primitives

/// Whether shortening services are asked where links of the records lead; by default nothing connects to anything.
struct ShortLinkOptions: ParsableArguments {
    @Flag(
        help: """
            Ask the services of short links (bit.ly, t.co ...) where those in the records lead. Each service, and often \
            whoever made the link, learns that somebody asks, and when. Only through a proxy named by --proxy, \
            BRIDLE_PROXY or 'proxy' in the configuration; https_proxy alone does not count, since it was set for other \
            programs.
            """)
    var resolveShortLinks = false

    @Option(help: ArgumentHelp("The proxy for --resolve-short-links.", valueName: "url"))
    var proxy: String?

    /// The way to ask, or nothing if nobody wants to. For the first moments of a command: it changes the environment.
    func resolver() throws(Failure) -> ShortLinkResolver? {
        guard resolveShortLinks else {
            guard proxy == nil else {
                throw Failure(.usage, "--proxy belongs to --resolve-short-links; nothing else here uses a network.")
            }
            return nil
        }
        guard let proxy = try ProxySetting.chosen(proxy, Settings.load()) else {
            throw Failure(
                .usage,
                "--resolve-short-links asks through a proxy only, so that the services do not learn the address of this "
                    + "machine. Name one with --proxy, BRIDLE_PROXY, or 'proxy' in the configuration.")
        }
        proxy.takeOver(withoutExceptions: true)
        return ShortLinkResolver(proxy) { CheckRun.now }
    }
}

extension ShortLinkResolver {
    /// What a run asks for the links it found: a warning first and the numbers behind, on standard error.
    ///
    /// The warning is shown whatever else is not, and nobody is asked whether to go on: the option is the consent.
    func asking(
        showsProgress: Bool, quiet: Bool
    ) -> @Sendable (_ links: [String], _ progress: RunProgress) async -> [ShortLinkAnswer] {
        { links, progress in
            if showsProgress { ProgressBar.clear() }
            Terminal.remark(self.warning(links))
            let answers = await self.answers(for: links) { progress.isStopped }
            if showsProgress { ProgressBar.clear() }
            let unanswered = answers.count { !$0.outcome.isAnswer }
            if answers.contains(where: { $0.outcome == .proxyFailed }) {
                Terminal.complain(
                    "The proxy \(self.proxy.printableName) could not be reached, or refused; nothing was asked without it."
                )
            }
            if unanswered > 0 {
                Terminal.complain(
                    "\(unanswered.of("short link was", "short links were")) not answered; 'bridle recheck CASE "
                        + "--resolve-short-links' asks for these again.")
            }
            if !quiet {
                Terminal.remark(
                    "\(answers.count { !$0.hops.isEmpty }.of("short link", "short links")) led to another address.")
            }
            return answers
        }
    }

    private func warning(_ links: [String]) -> String {
        let asked = asked(of: links)
        let services = Set(
            asked.compactMap { text -> String? in
                guard case .askable(let link) = ShortLink.read(text) else { return nil }
                return link.service
            }
        ).sorted()
        let names = services.prefix(10).joined(separator: ", ") + (services.count > 10 ? " ..." : "")
        var text =
            "Asking where \(asked.count.of("short link leads", "short links lead")): "
            + "\(services.count.of("service", "services")) (\(names)), through the proxy \(proxy.printableName).\n"
            + "  Each service, and often whoever made the link, can see that somebody looks at it, when, and from which "
            + "address (the proxy's). The proxy sees which services are asked and when, and all of a link that begins "
            + "with http://. A link of spyware is often good for one use, and may be used up by this; where it leads now "
            + "need not be where it led then. Whoever owns the address behind a link is not asked."
        if asked.count < links.count {
            text +=
                "\n  \((links.count - asked.count).of("more link is", "more links are")) not asked: too many at once."
        }
        return text
    }
}
