import Primitives

extension IndicatorSet {
    /// Takes indicators one by one, from as many files as there are, and makes a set of them.
    ///
    /// What many have in common (family, source, publisher…) is kept once; values stand behind one another in one piece
    /// of memory. A million domains take a good 100 MB, and an array of a million ``Indicator`` takes five times that.
    public struct Builder: Sendable {
        typealias Layout = CompiledLayout

        /// More bytes of values than this do not fit the numbers of the layout. Keys need room, too.
        static let valueLimit = Int(UInt32.max) / 2

        var entries: [Layout.Entry] = []
        var values: [UInt8] = []
        var publications: [Layout.Publication] = []
        var texts = TextTable()
        private var publicationNumbers: [Layout.Publication: UInt32] = [:]
        /// What the last indicator had in common with others: the next one mostly has the same.
        private var last: (shared: SharedFacts, publication: UInt32)?

        /// How many indicators there was no room for: beyond two gigabytes of values.
        public private(set) var dropped = 0

        /// How many indicators were added.
        public var count: Int { entries.count }

        /// Begins with nothing.
        public init() {}

        /// An indicator whose texts stand somewhere else. Valid as long as they do.
        struct Draft {
            let kind: Indicator.Kind
            let value: UnsafeBufferPointer<UInt8>
            var note: UnsafeBufferPointer<UInt8>?
            /// Empty if there is none.
            var identifier: UnsafeBufferPointer<UInt8>
            var validFrom: Timestamp?
            var validUntil: Timestamp?
            var isRevoked = false
            var confidence: Int?
        }

        /// What very many indicators have in common.
        struct SharedFacts: Hashable {
            var source: String
            var family: String?
            var reference: String?
            var publisher: String?
            var marking: String?
            var licence: String?
        }

        /// Adds an indicator. What can't be compared with anything is kept for listings, and never matches.
        public mutating func add(_ indicator: Indicator) {
            let shared = SharedFacts(
                source: indicator.source, family: indicator.family, reference: indicator.reference,
                publisher: indicator.publisher, marking: indicator.marking, licence: indicator.licence)
            indicator.value.withBytes { value in
                indicator.identifier.withBytes { identifier in
                    var draft = Draft(
                        kind: indicator.kind, value: value, identifier: identifier, validFrom: indicator.validFrom,
                        validUntil: indicator.validUntil, isRevoked: indicator.isRevoked,
                        confidence: indicator.confidence)
                    guard let note = indicator.note else { return add(draft, shared) }
                    note.withBytes {
                        draft.note = $0
                        add(draft, shared)
                    }
                }
            }
        }

        /// The same without texts of its own, for those who have millions of them.
        mutating func add(_ draft: Draft, _ shared: SharedFacts) {
            guard values.count + draft.value.count <= Builder.valueLimit, entries.count < Int(UInt32.max) - 2 else {
                dropped += 1
                return
            }
            var entry = Layout.Entry()
            entry.valueStart = UInt32(values.count)
            entry.valueLength = UInt32(draft.value.count)
            values.append(contentsOf: draft.value)
            entry.kind = draft.kind.ordinal
            entry.publication = publication(shared)
            if let note = draft.note {
                if note.holdsSame(as: draft.value) {
                    entry.flags |= Layout.Entry.noteIsValue
                } else {
                    entry.note = texts.number(of: note)
                }
            }
            if !draft.identifier.isEmpty {
                if let number = CompactIdentifier.number(draft.identifier) {
                    entry.flags |= Layout.Entry.hasUUID
                    (entry.identifierHigh, entry.identifierLow) = number
                } else {
                    entry.identifierLow = UInt64(texts.number(of: draft.identifier))
                }
            }
            if let moment = draft.validFrom { entry.validFrom = moment.microseconds }
            if let moment = draft.validUntil { entry.validUntil = moment.microseconds }
            if draft.isRevoked { entry.flags |= Layout.Entry.isRevoked }
            if let confidence = draft.confidence { entry.confidence = Int16(min(max(confidence, 0), 10_000)) }
            entries.append(entry)
        }

        /// Makes room for what a file of this many bytes may hold. Room that is not used takes no memory, only addresses.
        mutating func reserve(forBytes count: Int) {
            // Growing step by step would copy everything several times; a small file is not worth it.
            guard count > 16 << 20 else { return }
            entries.reserveCapacity(entries.count + min(count / 300, 8 << 20))
            values.reserveCapacity(values.count + min(count / 12, 256 << 20))
        }

        /// Sorts and indexes what was added.
        public consuming func build() -> IndicatorSet { IndicatorSet(compiled: IndicatorCompiler.compile(self)) }

        private mutating func publication(_ shared: SharedFacts) -> UInt32 {
            if let last, last.shared == shared { return last.publication }
            let publication = Layout.Publication(
                source: texts.number(of: shared.source), family: texts.number(of: shared.family),
                reference: texts.number(of: shared.reference), publisher: texts.number(of: shared.publisher),
                marking: texts.number(of: shared.marking), licence: texts.number(of: shared.licence))
            let number = publicationNumbers[publication] ?? UInt32(publications.count)
            if number == UInt32(publications.count) {
                publications.append(publication)
                publicationNumbers[publication] = number
            }
            last = (shared, number)
            return number
        }
    }
}
