import ArtifactModel
import FileFormats
import Primitives

/// A property list in a column of Safari's table `bookmarks`: `extra_attributes`, which are synchronised, or
/// `local_attributes`, which stay on the device.
///
/// Both databases that have the table, of bookmarks and of tabs since iOS 15, use the same names in it.
struct BookmarkAttributes: Sendable {
    /// A tab's attributes hold its session, which holds what was typed into forms.
    private static let sizeLimit = 32 << 20

    /// The attributes; nothing if the column is empty or damaged.
    private(set) var list: PropertyList?

    /// No attributes.
    init() {}

    /// Reads a column, or notes why it can't be read: the row is worth a record anyway.
    init(_ row: borrowing SQLiteRow, _ column: Int, in place: String, noting sink: inout some RecordSink) {
        var damage: ParseError?
        list =
            row.withBytes(column) { bytes -> PropertyList? in
                guard !bytes.isEmpty else { return nil }
                guard bytes.count <= Self.sizeLimit else {
                    damage = ParseError(.beyondLimit, "at most \(Self.sizeLimit) bytes of attributes")
                    return nil
                }
                do throws(ParseError) {
                    let list = try PropertyList(parsing: Array(bytes))
                    return KeyedArchive.isArchive(list) ? try KeyedArchive(list).unarchived() : list
                } catch {
                    damage = error
                    return nil
                }
            } ?? nil
        if let list, list.dictionary == nil {
            damage = ParseError(.malformed, "a dictionary of attributes")
            self.list = nil
        }
        // The offset is one inside the column; the place says which.
        if let damage { sink.note(ParseError(damage.kind, damage.expected, in: place)) }
    }

    /// A value under a name, or under a name inside a dictionary.
    subscript(names: String...) -> PropertyList? {
        names.reduce(list) { value, name in value?[name] }
    }

    /// A date, or a number of seconds since 2001-01-01T00:00:00Z.
    static func moment(_ value: PropertyList?) -> Timestamp? {
        value?.moment ?? value?.real.flatMap(Timestamp.init(cocoaSeconds:))
    }
}
