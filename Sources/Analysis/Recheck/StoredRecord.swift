import ArtifactModel
import FileFormats
import Primitives

/// A record of `records/ARTIFACT.jsonl`, read back.
struct StoredRecord {
    /// Every member but the source, in the order of the file.
    private(set) var members: [NamedValue] = []
    /// The values of the layout's fields, by their places; absent where the record has none.
    private(set) var values: [Value]
    /// The places of fields that hold something else than their form says, and so were not written by a check.
    private(set) var mistyped: [Int] = []
    /// The places of fields that hold `null`: numbers that JSON can't say.
    private(set) var nulls: [Int] = []
    private(set) var path = ""
    private(set) var location: Location = .offset(0)

    /// Reads a line; throws if it is not what a check writes.
    init(_ line: [UInt8], _ layout: StoredLayout) throws(ParseError) {
        values = [Value](repeating: .absent, count: layout.fields.count)
        members.reserveCapacity(layout.fields.count)
        var reader = JSONReader(line, depthLimit: 128)
        var hasSource = false
        var budget = Value.storedLimit
        guard try reader.enterObject() else { throw ParseError(.malformed, "a record") }
        while let name = try reader.key() {
            guard name != "source" else {
                let (path, location) = Location.read(try reader.value())
                guard !hasSource, let path, let location else {
                    throw ParseError(.malformed, "the source of a record")
                }
                (self.path, self.location) = (path, location)
                hasSource = true
                continue
            }
            let stored = try Value(stored: &reader, budget: &budget)
            guard let place = layout.places[name] else {
                members.append(NamedValue(name, stored.asMember))
                continue
            }
            guard case .absent = values[place], !nulls.contains(place), !mistyped.contains(place) else {
                throw ParseError(.malformed, "each field of a record once")
            }
            guard let value = stored.typed(layout.fields[place].form) else {
                mistyped.append(place)
                values[place] = stored.asMember
                members.append(NamedValue(name, stored.asMember))
                continue
            }
            if case .absent = value { nulls.append(place) }
            values[place] = value
            members.append(NamedValue(name, value))
        }
        try reader.end()
        guard hasSource else { throw ParseError(.malformed, "a record with its source") }
    }
}
