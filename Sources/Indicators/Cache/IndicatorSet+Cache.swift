extension IndicatorSet {
    /// A folder of compiled sets, each in a file that is mapped into memory instead of being read.
    ///
    /// A file is found by what it was made from: names and digests of the inputs, the list of public suffixes, and the
    /// version of the layout. What is damaged, of another version, of another account, or writable by others is as good
    /// as absent, and is compiled anew. The checksum shows damage; it does not show who wrote the file, so the folder
    /// has to be the person's own.
    public struct Cache: Sendable {
        /// A file of indicators: the name under which it is cited, and what identifies its bytes.
        public struct Input: Sendable, Hashable {
            /// The name under which findings cite the file.
            public let name: String
            /// A digest of the bytes, in any form that is the same for the same bytes only.
            public let digest: String

            /// Joins the parts.
            public init(name: String, digest: String) {
                self.name = name
                self.digest = digest
            }
        }

        /// A set, and what loading had to say.
        public struct Content: Sendable {
            /// The set.
            public let set: IndicatorSet
            private let origin: Origin

            private enum Origin {
                case memory(problems: [IndicatorProblem], extras: [String: [UInt8]])
                case file(appendix: UnsafeAppendix)
            }

            /// What was not used, and why; read from the file when it is asked for.
            public var problems: [IndicatorProblem] {
                switch origin {
                case .memory(let problems, _): problems
                case .file(let appendix): appendix.read()?.problems ?? []
                }
            }

            /// What others keep beside the set, by name; read from the file when it is asked for.
            public var extras: [String: [UInt8]] {
                switch origin {
                case .memory(_, let extras): extras
                case .file(let appendix): appendix.read()?.extras ?? [:]
                }
            }

            /// Joins what was loaded, to be stored.
            public init(set: IndicatorSet, problems: [IndicatorProblem] = [], extras: [String: [UInt8]] = [:]) {
                self.set = set
                origin = .memory(problems: problems, extras: extras)
            }

            init(set: IndicatorSet, appendix: UnsafeAppendix) {
                self.set = set
                origin = .file(appendix: appendix)
            }
        }

        /// The part of a mapped file behind its set, which the set keeps in memory.
        ///
        /// `@unchecked Sendable` because nothing writes to the memory, and `owner` keeps it.
        struct UnsafeAppendix: @unchecked Sendable {
            let memory: UnsafeRawBufferPointer
            let owner: CompiledIndicators

            func read() -> CacheAppendix? { withExtendedLifetime(owner) { CacheAppendix(memory, isComplete: true) } }
        }

        /// Why a set can't be stored; a check goes on without it.
        public struct StorageError: Error, Sendable, CustomStringConvertible {
            public let description: String
        }

        /// How many compiled sets a folder keeps: the newest.
        public static let kept = 4

        /// The folder.
        public let folder: String

        private static let prefix = "indicators-"
        private static let suffix = ".compiled"

        /// The folder is made, for this account only, when something is stored; what is above it has to be there.
        public init(folder: String) { self.folder = folder }

        /// The set that was stored for these inputs, in any order, if it is there and whole.
        public func content(for inputs: [Input]) -> Content? {
            let inputs = Cache.sorted(inputs)
            guard let file = MappedFile.map(path(for: inputs)) else { return nil }
            guard file.count >= CompiledSections.headerLength else {
                MappedFile.unmap(file, file.count)
                return nil
            }
            let header = file.loadUnaligned(as: CompiledLayout.Header.self)
            guard header.magic == CompiledIndicators.magic, header.length <= UInt64(file.count),
                header.length >= UInt64(CompiledSections.headerLength)
            else {
                MappedFile.unmap(file, file.count)
                return nil
            }
            let part = UnsafeRawBufferPointer(rebasing: file[..<Int(header.length)])
            guard Checksum.of(part, from: CompiledLayout.Header.checkedFrom) == header.checksum else {
                MappedFile.unmap(file, file.count)
                return nil
            }
            // From here on the object gives the mapping back.
            guard let compiled = CompiledIndicators(part, .mapped(length: file.count), isTrusted: false) else {
                return nil
            }
            let rest = UnsafeRawBufferPointer(rebasing: file[part.count...])
            guard let appendix = CacheAppendix(rest, isComplete: false), appendix.inputs == inputs,
                appendix.suffixes == PublicSuffixList.current.origin
            else { return nil }
            return Content(
                set: IndicatorSet(compiled: compiled), appendix: UnsafeAppendix(memory: rest, owner: compiled))
        }

        /// Stores a set for its inputs, in one step, and removes the oldest beyond ``kept``.
        public func store(_ content: Content, for inputs: [Input]) throws(StorageError) {
            let inputs = Cache.sorted(inputs)
            let appendix = CacheAppendix(
                inputs: inputs, suffixes: PublicSuffixList.current.origin, problems: content.problems,
                extras: content.extras
            ).bytes
            let compiled = content.set.compiled
            var failure = MappedFile.makeFolder(folder)
            if failure == 0 {
                failure = appendix.withUnsafeBytes { rest in
                    MappedFile.replace(path(for: inputs), with: [compiled.memory, rest])
                }
            }
            guard failure == 0 else {
                throw StorageError(description: "The compiled indicators can't be kept: \(MappedFile.words(failure)).")
            }
            let names = MappedFile.names(in: folder, prefix: Cache.prefix, suffix: Cache.suffix)
            for name in names.dropFirst(Cache.kept) { MappedFile.remove(folder + "/" + name) }
            MappedFile.removeRemains(in: folder, prefix: Cache.prefix)
        }

        private static func sorted(_ inputs: [Input]) -> [Input] {
            inputs.sorted { ($0.name, $0.digest) < ($1.name, $1.digest) }
        }

        /// The name only has to differ: what is in the file is compared with the inputs themselves.
        private func path(for inputs: [Input]) -> String {
            var hash = KeyHash.absorb(UInt64(CompiledIndicators.version), 1)
            for text in inputs.flatMap({ [$0.name, $0.digest] }) + [PublicSuffixList.current.origin] {
                hash = text.withBytes { KeyHash.absorb(hash, $0, 0, $0.count) }
            }
            let digits = String(hash, radix: 16)
            return folder + "/" + Cache.prefix + String(repeating: "0", count: 16 - digits.count) + digits
                + Cache.suffix
        }
    }
}
