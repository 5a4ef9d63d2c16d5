extension IndicatorSet {
    /// Takes indicators one by one, from as many files as there are, and makes a set of them.
    public struct Builder: Sendable {
        private var indicators: [Indicator] = []

        /// Begins with nothing.
        public init() {}

        /// Adds an indicator.
        public mutating func add(_ indicator: Indicator) { indicators.append(indicator) }

        /// Sorts and indexes what was added.
        public consuming func build() -> IndicatorSet { IndicatorSet(indicators) }
    }
}
