public import Primitives

/// A property list written by `NSKeyedArchiver`: objects in one list, which refer to each other by number.
///
/// The outermost dictionary has `$objects`, the list, and `$top`, the names of what was archived; `root` if it was one
/// object. Every object that is no plain value is a dictionary whose `$class` refers to a dictionary with the name of
/// the class and those of its superclasses.
///
/// Source: the archives themselves; the names of members are those that Foundation writes.
public struct KeyedArchive: Sendable {
    /// The archived objects, as they are stored.
    let objects: [PropertyList]
    /// What was archived, by name; references.
    let top: PropertyList

    /// Reads an archive in either form of a property list.
    public init(parsing bytes: [UInt8]) throws(ParseError) {
        try self.init(PropertyList(parsing: bytes))
    }

    /// Takes a property list that was read already.
    public init(_ list: PropertyList) throws(ParseError) {
        guard case .list(let objects)? = list["$objects"], let top = list["$top"], case .dictionary = top else {
            throw ParseError(.malformed, "a keyed archive with $objects and $top")
        }
        self.objects = objects
        self.top = top
    }

    /// Whether a property list has the outward form of a keyed archive.
    public static func isArchive(_ list: PropertyList) -> Bool {
        if case .list? = list["$objects"], case .dictionary? = list["$top"] { true } else { false }
    }

    /// The archived root object as it is stored, its references not resolved.
    public var root: PropertyList? { top["root"].flatMap { object($0) } }

    /// What a reference names, or the value itself if it is none; nothing for a reference that leads nowhere.
    public func object(_ value: PropertyList) -> PropertyList? {
        guard case .uid(let number) = value else { return value }
        return objects.indices.contains(number) ? objects[number] : nil
    }

    /// The root object as a plain tree; of an archive without one, a dictionary of everything that was archived.
    ///
    /// Dictionaries, lists, sets, texts, data, dates, URLs and UUIDs become the values they stand for. Any other object
    /// becomes a dictionary of its members, with the name of its class under `$class`. Where an object holds itself,
    /// where a reference leads nowhere, and beyond the limits there is a null instead.
    public func unarchived(nodeLimit: Int = 100_000) -> PropertyList {
        var damage: [ParseError] = []
        return unarchived(nodeLimit: nodeLimit, damage: &damage)
    }

    /// The same, and notes what was left out: one note for each kind of loss.
    public func unarchived(nodeLimit: Int = 100_000, damage: inout [ParseError]) -> PropertyList {
        var resolver = KeyedArchiveResolver(archive: self, nodesLeft: nodeLimit)
        let value = resolver.resolve(top["root"] ?? top)
        damage += resolver.damage
        return value
    }
}
