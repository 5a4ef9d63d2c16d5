public import Primitives

/// One entry of an artefact: a value that lives for one call of ``RecordSink/emit(_:at:)``.
public protocol Record: Sendable {
    /// Every field, in the order of the output. The first moment is the moment of the record.
    static var fields: [Field<Self>] { get }
}

/// Where in its file a record stands, so that somebody else can look it up.
public enum Location: Sendable, Hashable {
    /// A row of a table, by its row identifier.
    case row(Int64, table: String)
    /// A row of a table that is not live any more, and how it was found.
    case recovered(Recovery, table: String)
    /// A distance in bytes from the start of the file.
    case offset(Int)
    /// A key or key path of a property list.
    case key(String)

    /// How the record was recovered; nothing for a live one.
    public var recovery: Recovery? { if case .recovered(let recovery, _) = self { recovery } else { nil } }
}

/// Takes the records of one artefact, one by one.
///
/// Records are pushed: a reader drives, the sink judges and writes, and nobody collects.
public protocol RecordSink<Entry> {
    /// The record that it takes.
    associatedtype Entry: Record

    /// Takes a record. Throws only when the whole run is to stop, so an author passes it on with `try`.
    mutating func emit(_ entry: Entry, at location: Location) throws(CancellationError)

    /// Notes damage that does not end the reading.
    mutating func note(_ damage: ParseError)
}
