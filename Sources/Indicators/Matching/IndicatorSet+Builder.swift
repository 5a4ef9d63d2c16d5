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
        /// The last indicator's shared facts: the next one mostly has the same.
        private var last: (indicator: Indicator, publication: UInt32)?

        /// How many indicators there was no room for: beyond two gigabytes of values.
        public private(set) var dropped = 0

        /// How many indicators were added.
        public var count: Int { entries.count }

        /// Begins with nothing.
        public init() {}

        /// Adds an indicator. What can't be compared with anything is kept for listings, and never matches.
        public mutating func add(_ indicator: Indicator) {
            var entry = Layout.Entry()
            let isAdded = indicator.value.withBytes { value in
                guard values.count + value.count <= Builder.valueLimit, entries.count < Int(UInt32.max) - 2 else {
                    return false
                }
                entry.valueStart = UInt32(values.count)
                entry.valueLength = UInt32(value.count)
                values.append(contentsOf: value)
                return true
            }
            guard isAdded else {
                dropped += 1
                return
            }
            entry.kind = indicator.kind.ordinal
            entry.publication = publication(of: indicator)
            if let note = indicator.note {
                if note == indicator.value {
                    entry.flags |= Layout.Entry.noteIsValue
                } else {
                    entry.note = texts.number(of: note)
                }
            }
            if !indicator.identifier.isEmpty {
                if let number = indicator.identifier.withBytes({ CompactIdentifier.number($0) }) {
                    entry.flags |= Layout.Entry.hasUUID
                    (entry.identifierHigh, entry.identifierLow) = number
                } else {
                    entry.identifierLow = UInt64(texts.number(of: indicator.identifier))
                }
            }
            if let moment = indicator.validFrom { entry.validFrom = moment.microseconds }
            if let moment = indicator.validUntil { entry.validUntil = moment.microseconds }
            if indicator.isRevoked { entry.flags |= Layout.Entry.isRevoked }
            if let confidence = indicator.confidence { entry.confidence = Int16(min(max(confidence, 0), 10_000)) }
            entries.append(entry)
        }

        /// Sorts and indexes what was added.
        public consuming func build() -> IndicatorSet { IndicatorSet(compiled: IndicatorCompiler.compile(self)) }

        private mutating func publication(of indicator: Indicator) -> UInt32 {
            if let (other, number) = last, other.source == indicator.source, other.family == indicator.family,
                other.reference == indicator.reference, other.publisher == indicator.publisher,
                other.marking == indicator.marking, other.licence == indicator.licence
            {
                return number
            }
            let publication = Layout.Publication(
                source: texts.number(of: indicator.source), family: texts.number(of: indicator.family),
                reference: texts.number(of: indicator.reference), publisher: texts.number(of: indicator.publisher),
                marking: texts.number(of: indicator.marking), licence: texts.number(of: indicator.licence))
            let number = publicationNumbers[publication] ?? UInt32(publications.count)
            if number == UInt32(publications.count) {
                publications.append(publication)
                publicationNumbers[publication] = number
            }
            last = (indicator, number)
            return number
        }
    }
}
