import Primitives

extension Coverage {
    /// The short links of the records: what was found, and of how many it is known where they led when they were asked.
    public struct ShortLinks: Sendable, Hashable {
        /// How many different ones were found.
        public var found = 0
        /// How many times one was met that is not among them, since an artefact had too many.
        public var beyondLimit = 0
        /// How many times one was met that can't be asked for: another port or scheme, a control character, too long.
        public var unfit = 0
        /// How many of those found were asked, now or for an earlier version of the case.
        public var asked = 0
        /// How many the service answered.
        public var answered = 0
        /// How many led to another address.
        public var led = 0
        /// How many records with short links were not, or not wholly, judged by the answers, since there is too much.
        public var recordsNotJudged = 0

        /// None.
        public init() {}

        /// Whether there is anything to say.
        public var isEmpty: Bool { self == ShortLinks() }

        /// Appends them as a JSON object.
        func write(json buffer: inout TextBuffer) {
            let members: [(StaticString, Int)] = [
                ("found", found), ("beyond_limit", beyondLimit), ("unfit", unfit), ("asked", asked),
                ("answered", answered), ("led", led), ("records_not_judged", recordsNotJudged),
            ]
            for (index, (name, count)) in members.enumerated() {
                buffer.append(index > 0 ? ",\"" : "{\"")
                buffer.append(name)
                buffer.append("\":")
                buffer.append(decimal: Int64(count))
            }
            buffer.append("}")
        }
    }
}
