import ArgumentParser
import Foundation
import IndicatorStore
import Indicators
import Primitives

extension IndicatorsCommand {
    /// Copies files into the store.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add indicator files or signed packs to the store, where every check finds them.",
            discussion: """
                All of them are added, or none. A file replaces the one of its name; a pack replaces the older pack of \
                its name. With 'trusted_keys' in the configuration, or --key, of packs only those with a right signature are \
                added; plain files have none and are added as they are. A file that is cut off or otherwise damaged is \
                refused.

                EXAMPLES
                  bridle indicators add pegasus.stix2 predator.stix2
                  bridle indicators add helpline.bridle-indicators --key RWQ...
                """)

        @Argument(help: "Files with indicators, or packs that 'bridle indicators export' wrote.")
        var files: [String]

        @Option(help: ArgumentHelp("Trust this key for packs too. May be given more than once.", valueName: "key"))
        var key: [String] = []

        @Flag(help: "Add a pack that is older than the one that is there.")
        var allowOlder = false

        @Flag(help: "Add what can be read of a damaged file.")
        var allowDamaged = false

        func run() throws {
            guard !files.isEmpty else { throw Failure(.usage, "Give at least one indicator file.") }
            let settings = try Settings.load()
            let keys = try settings.configuration.trustedKeys + key.map(PublisherKey.named)
            var names: Set<String> = []
            var packs: Set<String> = []
            // All are examined before the first is stored: either all are added, or none.
            for path in files {
                if try Add.isPack(path) {
                    packs.insert(path)
                    continue
                }
                let name = StoredFile.name(from: URL(fileURLWithPath: path).lastPathComponent)
                guard names.insert(name.lowercased()).inserted else {
                    throw Failure(
                        .usage, "Two of the files are called \(name.printableName); rename one, or add one of them.")
                }
            }
            let plain = files.filter { !packs.contains($0) }
            let loaded = try LoadedIndicators(plain)
            if !allowDamaged { try Add.refuseDamaged(loaded, plain) }
            do {
                let now = CheckRun.now
                let change = try StoreChange(settings.store, at: now)
                var lines: [String] = []
                for (path, file) in zip(plain, loaded.files) {
                    let name = StoredFile.name(from: file.name)
                    try change.put(LoadedIndicators.bytes(path), name: name, at: now)
                    lines.append(
                        "\(name.printableName): \(file.indicators.of("indicator", "indicators")) added, "
                            + "\(file.problems.grouped) not usable")
                }
                for path in files where packs.contains(path) {
                    let pack = try change.add(
                        pack: path, name: path, keys: keys, allowOlder: allowOlder, at: now)
                    lines.append(
                        "\(pack.manifest.name.printableName), pack \(pack.manifest.sequence): "
                            + "\(pack.manifest.members.count.of("file", "files")) added, " + Add.words(pack))
                }
                let generation = try change.commit("add", at: now, keeping: settings.configuration.generations)
                lines.append("The store is at generation \(generation.number).")
                for line in lines { Terminal.say(line) }
            } catch {
                throw Failure(error)
            }
        }

        /// Half a file would take the place of a whole one of its name.
        private static func refuseDamaged(_ loaded: LoadedIndicators, _ paths: [String]) throws(Failure) {
            for (path, file) in zip(paths, loaded.files) {
                let problems = loaded.problems.filter { $0.source == file.name && $0.kind == .damagedFile }
                guard let problem = problems.first else { continue }
                let reason = problem.reason.replacing(" What stands before was used.", with: "").printable
                throw Failure(
                    .data,
                    "\(path.printableName) was not added, and nothing else either. \(reason) Get the file again; "
                        + "--allow-damaged adds what can be read of it.")
            }
        }

        private static func words(_ pack: PackOutcome) -> String {
            if let signer = pack.signer { return "signed with the trusted key \(signer)" }
            if let signer = pack.unknownSigner {
                return "signed with the key \(signer), which was not compared: no key is trusted yet"
            }
            return "not signed"
        }

        /// Whether a file begins like a pack; only its first bytes are read.
        private static func isPack(_ path: String) throws(Failure) -> Bool {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else {
                throw Failure(.noInput, "The indicator file \(path.printableName) can't be read.")
            }
            defer { close(descriptor) }
            var head = [UInt8](repeating: 0, count: 512)
            let length = read(descriptor, &head, head.count)
            return length == head.count && IndicatorPack.isPack(head)
        }
    }

    /// Takes files out of the store.
    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove files from the store; 'rollback' brings them back.",
            discussion: """
                A file that a source lists comes back with the next update; leave the source out with 'enabled: false'.

                EXAMPLE
                  bridle indicators remove pegasus.stix2
                """)

        @Argument(
            help: "Names as 'bridle indicators list' shows them; the name of a source or pack stands for its files.")
        var names: [String]

        func run() throws {
            guard !names.isEmpty else { throw Failure(.usage, "Give the name of at least one file.") }
            let settings = try Settings.load()
            do {
                let now = CheckRun.now
                let change = try StoreChange(settings.store, at: now)
                var count = 0
                for name in names {
                    let files = change.current.filter { $0.name == name || $0.source == name }
                    guard !files.isEmpty else {
                        throw Failure(
                            .usage,
                            "The store holds no file '\(name.printableName)'."
                                + Nearest.suggestion(for: name, among: change.current.map(\.name)))
                    }
                    for file in files where change.remove(file.name) { count += 1 }
                    change.removePack(name)
                }
                let generation = try change.commit("remove", at: now, keeping: settings.configuration.generations)
                Terminal.say(
                    "\(count.of("file", "files")) removed. The store is at generation \(generation.number).")
            } catch {
                throw Failure(error)
            }
        }
    }

    /// The generations.
    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the generations of the store.", discussion: "EXAMPLE\n  bridle indicators history")

        func run() throws {
            let store = try Settings.load().store
            do {
                let current = try store.currentNumber()
                guard !store.generationNumbers.isEmpty else {
                    return Terminal.say("The store \(store.folder.printable) has no generation yet.")
                }
                for number in store.generationNumbers {
                    let mark = number == current ? "*" : " "
                    guard let generation = try? store.generation(number) else {
                        Terminal.say("\(mark) \(number)  damaged")
                        continue
                    }
                    Terminal.say(
                        "\(mark) \(number)  \(generation.created)  \(generation.action.printable.padding(to: 8))  "
                            + "\(generation.indicatorFiles.count.of("file", "files"))")
                }
            } catch {
                throw Failure(error)
            }
        }
    }

    /// Goes back.
    struct Rollback: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go back to an earlier generation of the store, or forth to a later one.",
            discussion: """
                EXAMPLES
                  bridle indicators rollback
                  bridle indicators rollback 3
                """)

        @Argument(help: "The number of a generation, as 'history' shows it; by default the one before.")
        var generation: Int?

        func run() throws {
            do {
                let generation = try Settings.load().store.rollback(to: generation)
                Terminal.say(
                    "The store is at generation \(generation.number), made \(generation.created.day) by "
                        + "'\(generation.action.printable)': \(generation.indicatorFiles.count.of("file", "files")).")
            } catch {
                throw Failure(error)
            }
        }
    }

    /// Forgets old generations.
    struct Prune: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove the oldest generations of the store.",
            discussion: "EXAMPLE\n  bridle indicators prune --keep 3")

        @Option(help: "How many generations are kept; by default as configured.")
        var keep: Int?

        func run() throws {
            let settings = try Settings.load()
            let count = keep ?? settings.configuration.generations
            guard (1...1_000).contains(count) else { throw Failure(.usage, "--keep takes a number from 1 to 1,000.") }
            do {
                let (before, after) = try settings.store.prune(keeping: count)
                Terminal.say("\((before - after).of("generation", "generations")) removed, \(after.grouped) kept.")
            } catch {
                throw Failure(error)
            }
        }
    }
}

extension PublisherKey {
    /// The key of a text, or of a file that a text names.
    static func named(_ text: String) throws(Failure) -> PublisherKey {
        if let key = PublisherKey(text) { return key }
        if let data = FileManager.default.contents(atPath: text), data.count < 4_096,
            let key = PublisherKey(String(decoding: data, as: UTF8.self))
        {
            return key
        }
        throw Failure(
            .usage,
            "'\(text.printableName)' is neither a public key (56 characters that begin with RW) nor a file that holds one."
        )
    }
}
