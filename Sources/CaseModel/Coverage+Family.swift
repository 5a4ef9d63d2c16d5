public import Primitives

extension Coverage {
    /// One spyware family: how much of what is published for it could have been seen in this evidence.
    ///
    /// An indicator could have matched if at least one artefact that gave records has a field of its kind, and a check
    /// or rule if its artefact gave records. Records that lie wholly outside the years for which traces of the family
    /// were published do not count.
    public struct Family: Sendable, Hashable {
        /// Its name, as the publishers write it; empty for indicators without one.
        public var name: String
        /// How many indicators were loaded for it.
        public var indicators: Int
        /// How many of them could have matched on what was read.
        public var comparableIndicators: Int
        /// How many of these could have matched even if only artefacts without damage had been read.
        public var wholeIndicators: Int
        /// How many checks and rules are published for it.
        public var checks: Int
        /// How many of them looked at a record.
        public var appliedChecks: Int
        /// How many of these looked at artefacts that were read without damage.
        public var wholeChecks: Int
        /// The years for which traces of it were published; absent if that is not known.
        public var years: PublishedYears?
        /// The first and the last moment of the records that could have matched.
        public var reach: ClosedRange<Timestamp>?
        /// The artefacts in which a trace of it could have been seen, in the order of the catalogue.
        public var examined: [String]
        /// The artefacts that could show a trace of it, and gave no records or none of its years.
        public var missing: [String]

        /// Joins the counts; nothing was damaged unless it is said.
        public init(
            name: String, indicators: Int = 0, comparableIndicators: Int = 0, wholeIndicators: Int? = nil,
            checks: Int = 0, appliedChecks: Int = 0, wholeChecks: Int? = nil, years: PublishedYears? = nil,
            reach: ClosedRange<Timestamp>? = nil, examined: [String] = [], missing: [String] = []
        ) {
            self.name = name
            self.indicators = indicators
            self.comparableIndicators = comparableIndicators
            self.wholeIndicators = wholeIndicators ?? comparableIndicators
            self.checks = checks
            self.appliedChecks = appliedChecks
            self.wholeChecks = wholeChecks ?? appliedChecks
            self.years = years
            self.reach = reach
            self.examined = examined
            self.missing = missing
        }
    }

    /// From which year on, and until which, traces of a family were published.
    public struct PublishedYears: Sendable, Hashable {
        /// The first year.
        public var first: Int
        /// The last year; absent if traces are still being published.
        public var last: Int?

        /// Joins the years.
        public init(first: Int, last: Int? = nil) {
            self.first = first
            self.last = last
        }

        /// Whether a span of time has a moment within these years.
        public func touches(_ reach: ClosedRange<Timestamp>) -> Bool {
            reach.upperBound.civil.year >= first && reach.lowerBound.civil.year <= last ?? .max
        }
    }
}
