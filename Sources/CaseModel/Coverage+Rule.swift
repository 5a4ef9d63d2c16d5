public import Primitives

extension Coverage {
    /// A rule that was loaded as data.
    public struct Rule: Sendable, Hashable {
        /// Its identifier.
        public var identifier: String
        /// The family that it was published for.
        public var family: String?
        /// The artefacts whose records it looks at, in byte order.
        public var artifacts: [String]
        /// Those of them that gave records.
        public var examined: [String]
        /// Whether all that it needs gave records.
        public var couldFire: Bool
        /// Records on which it fired, or groups of records that fulfilled it.
        public var hits: Int
        /// Records that fired and have no time, so that no rule over several records could put them in order.
        public var timeless: Int
        /// Records that fired and lack a field by which a rule over several records groups or measures them.
        public var incomplete: Int
        /// Hits that are counted and not among the findings.
        public var omitted: Int
        /// Whether a window held more records than memory should, so that the oldest left it early.
        public var isCut: Bool
        /// Why a recheck could not ask it of some of the stored records, in sentences; empty after a check.
        public var notAsked: [String] = []

        /// Joins the counts.
        public init(
            identifier: String, family: String?, artifacts: [String], examined: [String], couldFire: Bool, hits: Int,
            timeless: Int, incomplete: Int, omitted: Int, isCut: Bool
        ) {
            self.identifier = identifier
            self.family = family
            self.artifacts = artifacts
            self.examined = examined
            self.couldFire = couldFire
            self.hits = hits
            self.timeless = timeless
            self.incomplete = incomplete
            self.omitted = omitted
            self.isCut = isCut
        }

        /// Appends the rule as one JSON object.
        public func write(json buffer: inout TextBuffer) {
            buffer.append("{\"rule\":")
            buffer.append(jsonString: identifier)
            buffer.append(",\"family\":")
            if let family { buffer.append(jsonString: family) } else { buffer.append("null") }
            buffer.append(",\"artifacts\":")
            buffer.append(jsonStrings: artifacts)
            buffer.append(",\"with_records\":")
            buffer.append(jsonStrings: examined)
            couldFire ? buffer.append(",\"could_fire\":true") : buffer.append(",\"could_fire\":false")
            func member(_ name: StaticString, _ number: Int, to buffer: inout TextBuffer) {
                buffer.append(",\"")
                buffer.append(name)
                buffer.append("\":")
                buffer.append(decimal: Int64(number))
            }
            member("hits", hits, to: &buffer)
            member("without_time", timeless, to: &buffer)
            member("without_field", incomplete, to: &buffer)
            member("not_listed", omitted, to: &buffer)
            isCut ? buffer.append(",\"window_cut\":true") : buffer.append(",\"window_cut\":false")
            if !notAsked.isEmpty {
                buffer.append(",\"not_asked\":")
                buffer.append(jsonStrings: notAsked)
            }
            buffer.append("}")
        }
    }
}
