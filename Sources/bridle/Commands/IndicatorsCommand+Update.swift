import ArgumentParser
import Foundation
import IndicatorStore
import LinkResolution
import Primitives

extension IndicatorsCommand {
    /// The sources.
    struct Sources: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the sources that 'update' asks; connects to none.",
            discussion: """
                The configuration file adds sources and leaves out the defaults ('default_sources: false').

                EXAMPLE
                  bridle indicators sources
                """)

        func run() throws {
            let settings = try Settings.load()
            for source in settings.configuration.sources {
                var words = source.kind.words
                if source.isDefault { words += ", default" }
                if !source.isEnabled { words += ", only asked by name" }
                if let key = source.key { words += ", must be signed with \(key.name)" }
                Terminal.say("\(source.name.printable): \(words)\n    \(source.address.printableLine)")
            }
            if settings.configuration.sources.isEmpty { Terminal.say("No source is configured.") }
            Terminal.say(
                "Configuration: \(settings.configurationPath.printable)"
                    + (FileManager.default.fileExists(atPath: settings.configurationPath) ? "" : " (not there)"))
        }
    }

    /// Fetches.
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fetch what is new from the configured sources, over a network.",
            discussion: """
                Asks the sources that 'bridle indicators sources' lists, over HTTPS, and makes a new generation of the \
                store of what came. What fails leaves its files as they were. Whoever runs a source learns the address \
                of this machine; --proxy, BRIDLE_PROXY, 'proxy' in the configuration or https_proxy name a proxy, the \
                first of them that is given.

                EXAMPLES
                  bridle indicators update
                  bridle indicators update mvt --proxy http://127.0.0.1:8118

                EXIT CODES
                  0   every source was asked and answered
                  69  a source could not be fetched or was refused; the others were updated
                  75  another process is changing the store
                """)

        @Argument(help: "Names of sources; by default all that are enabled.")
        var names: [String] = []

        @Option(help: ArgumentHelp("Fetch through this proxy.", valueName: "url"))
        var proxy: String?

        @Flag(help: "Take a pack that is older than the one that is there.")
        var allowOlder = false

        @Flag(help: "Print nothing but errors.")
        var quiet = false

        func run() async throws {
            let settings = try Settings.load()
            let sources = try chosen(settings.configuration.sources)
            guard !sources.isEmpty else {
                throw Failure(
                    .usage, "No source is configured and enabled; \(settings.configurationPath.printable) names them.")
            }
            // The library that fetches takes its proxy from the environment, so that is where it is put.
            try ProxySetting.chosen(proxy, settings)?.takeOver(withoutExceptions: false)
            do {
                let now = CheckRun.now
                let change = try StoreChange(settings.store, at: now)
                let updater = Updater(
                    change, configuration: settings.configuration, environment: ProcessInfo.processInfo.environment,
                    allowOlder: allowOlder, at: now)
                var failed = 0
                for source in sources {
                    if !quiet, Terminal.showsProgress { Terminal.remark("asking \(source.name.printable)") }
                    let outcome = await updater.update(source)
                    if outcome.state == .failed { failed += 1 }
                    say(outcome)
                }
                let generation = try change.commit("update", at: now, keeping: settings.configuration.generations)
                if !quiet { Terminal.say("The store is at generation \(generation.number).") }
                if failed > 0 { throw ExitCode(Exit.unavailable.rawValue) }
            } catch let code as ExitCode {
                throw code
            } catch {
                throw Failure(error)
            }
        }

        private func chosen(_ sources: [SourceConfiguration]) throws(Failure) -> [SourceConfiguration] {
            guard !names.isEmpty else { return sources.filter(\.isEnabled) }
            var chosen: [SourceConfiguration] = []
            for name in names {
                guard let source = sources.first(where: { $0.name == name }) else {
                    throw Failure(
                        .usage,
                        "There is no source '\(name.printableName)'."
                            + Nearest.suggestion(for: name, among: sources.map(\.name))
                            + " 'bridle indicators sources' lists them.")
                }
                if !chosen.contains(source) { chosen.append(source) }
            }
            return chosen
        }

        private func say(_ outcome: SourceOutcome) {
            let name = outcome.source.printable
            for failure in outcome.failures { Terminal.complain("\(name): \(failure.printableLine)") }
            guard !quiet else { return }
            var words: [String] = []
            if !outcome.changed.isEmpty { words.append("\(outcome.changed.count.grouped) new or changed") }
            if !outcome.removed.isEmpty { words.append("\(outcome.removed.count.grouped) no longer published") }
            if outcome.unchanged > 0 { words.append("\(outcome.unchanged.grouped) unchanged") }
            if !outcome.failures.isEmpty { words.append("\(outcome.failures.count.grouped) failed") }
            Terminal.say("\(name): \(outcome.state.rawValue) (\(words.joined(separator: ", ")))")
            for file in outcome.changed.prefix(50) { Terminal.say("    + \(file.printableLine)") }
            for file in outcome.removed.prefix(50) { Terminal.say("    - \(file.printableLine)") }
            for remark in outcome.remarks.prefix(50) { Terminal.say("    \(remark.printableLine)") }
        }
    }
}
