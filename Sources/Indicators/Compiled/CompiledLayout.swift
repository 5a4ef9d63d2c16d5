/// The records of a compiled set, as they lie in memory and in the cache.
///
/// Whole numbers only, without gaps, so that a file can be mapped and read in place. The header names the size of each
/// record, and ``CompiledIndicators/version`` changes whenever the meaning of one does.
enum CompiledLayout {
    /// One indicator: the value, and the numbers of everything that many indicators share.
    struct Entry: BitwiseCopyable {
        var valueStart: UInt32 = 0
        var valueLength: UInt32 = 0
        /// The number of its ``Publication``.
        var publication: UInt32 = 0
        /// The number of the text that its publisher added; 0 for none.
        var note: UInt32 = 0
        /// A UUID, or in the second half the number of a text.
        var identifierHigh: UInt64 = 0
        var identifierLow: UInt64 = 0
        /// Microseconds since 1970-01-01T00:00:00Z; the smallest number for none.
        var validFrom = Entry.noMoment
        var validUntil = Entry.noMoment
        /// Its place in ``Indicator/Kind``'s list of cases.
        var kind: UInt8 = 0
        var flags: UInt8 = 0
        /// -1 for none.
        var confidence: Int16 = -1
        var reserved: UInt32 = 0

        static let noMoment = Int64.min
        static let isRevoked: UInt8 = 1
        /// The identifier is `indicator--` and a UUID in small letters.
        static let hasUUID: UInt8 = 2
        /// The note is the value once more.
        static let noteIsValue: UInt8 = 4
    }

    /// What the indicators of one bundle about one family have in common, as numbers of texts; 0 for none.
    struct Publication: BitwiseCopyable, Hashable {
        var source: UInt32 = 0
        var family: UInt32 = 0
        var reference: UInt32 = 0
        var publisher: UInt32 = 0
        var marking: UInt32 = 0
        var licence: UInt32 = 0
    }

    /// A key, and where its postings (numbers of indicators) begin.
    struct Key: BitwiseCopyable {
        var start: UInt32 = 0
        /// The postings up to ``conditional`` agree whenever the key does.
        var postings: UInt32 = 0
        /// The postings from here on agree only with the host itself, not with what lies below.
        var conditional: UInt32 = 0
        /// The low half of the hash, which stands in the slot as well.
        var tag: UInt32 = 0
        var length: UInt16 = 0
        var table: UInt8 = 0
        var flags: UInt8 = 0
        var reserved: UInt32 = 0

        /// Links to this host are published.
        static let hasLinks: UInt8 = 1
        /// This host is published with a path.
        static let hasPaths: UInt8 = 2
    }

    /// How many indicators of one kind, family and source there are.
    struct Tally: BitwiseCopyable {
        var kind: UInt32
        var family: UInt32
        var source: UInt32
        var count: UInt32
    }

    /// What a key is a key to.
    enum Table: UInt8, CaseIterable {
        case hosts = 1
        case addresses
        /// Address and length of the prefix, in 17 bytes.
        case networks
        case links
        /// A host and a path behind it.
        case hostPaths
        case paths
        /// Paths whose beginning the publisher left open, from the end.
        case pathEndings
        /// The part of a path in front of its first star.
        case pathPatterns
        case fileNames
        case processes
        /// The first 16 bytes of longer process names.
        case processBeginnings
        case emailAddresses
        case phoneNumbers
        case applications
        case profiles
        case fileHashes
        case certificateHashes

        /// Not every key can be told apart by its first pieces: tables have starts of their own.
        func seed(_ seed: UInt64) -> UInt64 { KeyHash.absorb(seed, UInt64(rawValue)) }
    }

    /// The parts of the memory, in this order, each beginning at a multiple of 64.
    enum Section: Int, CaseIterable {
        case header
        case sieve
        case filter
        case slots
        case keys
        case postings
        case entries
        case values
        case publications
        case textEnds
        case texts
        case tallies
    }

    /// The first 64 bytes, then one ``Extent`` for each section.
    struct Header: BitwiseCopyable {
        var magic: UInt64 = 0
        var version: UInt32 = 0
        /// Tells a file from a machine with the other order of bytes.
        var order: UInt32 = 0
        var length: UInt64 = 0
        /// Of everything behind it.
        var checksum: UInt64 = 0
        var digestHigh: UInt64 = 0
        var digestLow: UInt64 = 0
        /// One bit for each table that has a key.
        var tables: UInt64 = 0
        var reserved: UInt64 = 0

        /// Where the bytes begin that the checksum is of; what is in front of it is compared with what it must be.
        static let checkedFrom = 32
    }

    /// Where a section lies.
    struct Extent: BitwiseCopyable {
        var start: UInt64 = 0
        var length: UInt64 = 0
    }
}
