import Primitives

/// Follows the references of a keyed archive, and keeps the account of what that costs.
struct KeyedArchiveResolver {
    private let archive: KeyedArchive
    private var nodesLeft: Int
    /// The objects around the present one.
    private var path: [Int] = []
    private var depth = 0
    private(set) var damage: [ParseError] = []

    /// Objects inside each other; each is at most three levels of the result.
    private static let depthLimit = 128

    init(archive: KeyedArchive, nodesLeft: Int) {
        self.archive = archive
        self.nodesLeft = nodesLeft
    }

    mutating func resolve(_ value: PropertyList) -> PropertyList {
        guard nodesLeft > 0 else { return cut(.beyondLimit, "fewer values in a keyed archive") }
        nodesLeft -= 1
        guard depth < Self.depthLimit else {
            return cut(.beyondLimit, "at most \(Self.depthLimit) levels in a keyed archive")
        }
        depth += 1
        defer { depth -= 1 }
        switch value {
        case .uid(let number):
            guard let object = archive.object(value) else {
                return cut(.malformed, "a reference to an object of the keyed archive")
            }
            // The first object of every archive stands for nil.
            if object == .text("$null") { return .null }
            guard !path.contains(number) else { return cut(.malformed, "an archived object that does not hold itself") }
            path.append(number)
            defer { path.removeLast() }
            return resolve(object)
        case .list(let values): return .list(values.map { resolve($0) })
        case .dictionary: return object(value)
        default: return value
        }
    }

    private mutating func object(_ object: PropertyList) -> PropertyList {
        for name in classNames(of: object) {
            switch name {
            case "NSDictionary", "NSMutableDictionary":
                if isCollection(object) { return dictionary(object) }
            case "NSArray", "NSMutableArray", "NSSet", "NSMutableSet", "NSOrderedSet", "NSMutableOrderedSet":
                if isCollection(object) {
                    return .list(members(of: object, "NS.objects", "NS.object.").map { resolve($0) })
                }
            case "NSString", "NSMutableString": if let text = object["NS.string"] { return resolve(text) }
            case "NSData", "NSMutableData":
                if let data = object["NS.data"] ?? object["NS.bytes"] { return resolve(data) }
            case "NSDate":
                if let time = object["NS.time"].flatMap({ archive.object($0) })?.real {
                    // Seconds since 2001-01-01T00:00:00Z.
                    return Timestamp(unixSeconds: time + 978_307_200).map { .moment($0) }
                        ?? cut(.unsupported, "a date of the years 1 to 9999 in a keyed archive")
                }
            case "NSURL": if let address = address(object) { return .text(address) }
            case "NSUUID":
                if let bytes = object["NS.uuidbytes"].flatMap({ archive.object($0) })?.bytes, bytes.count == 16 {
                    return .text(identifier(bytes))
                }
            case "NSNull": return .null
            default: continue
            }
            break
        }
        return plain(object)
    }

    /// The name of an object's class, then those of its superclasses.
    private func classNames(of object: PropertyList) -> [String] {
        guard let description = object["$class"].flatMap({ archive.object($0) }) else { return [] }
        // No class of the system has ten ancestors, and this is done for every object.
        let ancestors = (description["$classes"]?.list ?? []).prefix(16).compactMap(\.text)
        guard let name = description["$classname"]?.text else { return ancestors }
        return ancestors.first == name ? ancestors : [name] + ancestors
    }

    /// The members of an object of any other class, or of a dictionary that is no object.
    private mutating func plain(_ object: PropertyList) -> PropertyList {
        var members: [String: PropertyList] = [:]
        for (name, value) in object.members where name != "$class" { members[name] = resolve(value) }
        if object["$class"] != nil { members["$class"] = classNames(of: object).first.map { .text($0) } ?? .null }
        return .dictionary(members)
    }

    private mutating func dictionary(_ object: PropertyList) -> PropertyList {
        let names = members(of: object, "NS.keys", "NS.key.")
        let values = members(of: object, "NS.objects", "NS.object.")
        if names.count != values.count { _ = cut(.malformed, "as many names as values in an archived dictionary") }
        var members: [String: PropertyList] = [:]
        for (index, (name, value)) in zip(names, values).enumerated() {
            let text: String? =
                switch resolve(name) {
                case .text(let text): text
                case .integer(let number): "\(number)"
                case .moment(let moment): moment.description
                default: nil
                }
            // A name without a text form, or one that is there already, is given its place instead: nothing is lost.
            let unused = text.flatMap { members[$0] == nil ? $0 : nil } ?? "$\(index)"
            members[unused] = resolve(value)
        }
        return .dictionary(members)
    }

    /// The values of a collection: one list or, as old archivers wrote them, a member for each.
    private mutating func members(of object: PropertyList, _ list: String, _ prefix: String) -> [PropertyList] {
        if let values = object[list].flatMap({ archive.object($0) })?.list { return values }
        var values: [PropertyList] = []
        while nodesLeft > 0, let value = object[prefix + "\(values.count)"] {
            nodesLeft -= 1
            values.append(value)
        }
        return values
    }

    /// Whether an object holds what a collection holds; a subclass may archive itself in another way.
    private func isCollection(_ object: PropertyList) -> Bool {
        object["NS.objects"] != nil || object["NS.object.0"] != nil || (object.dictionary?.count ?? 0) <= 1
    }

    private mutating func cut(_ kind: ParseError.Kind, _ expected: String) -> PropertyList {
        let error = ParseError(kind, expected)
        if !damage.contains(error) { damage.append(error) }
        return .null
    }

    /// A UUID in its usual form.
    private func identifier(_ bytes: [UInt8]) -> String {
        var text = TextBuffer()
        let digits = Array("0123456789ABCDEF".utf8)
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0F)])
        }
        return text.string
    }

    /// The text of a URL; one that is relative is joined with its base.
    private mutating func address(_ object: PropertyList) -> String? {
        guard let relative = object["NS.relative"].flatMap({ archive.object($0) })?.text else { return nil }
        guard let stored = object["NS.base"], case .text(let base) = resolve(stored) else { return relative }
        // The joined text is a copy, which is paid for.
        nodesLeft -= (base.utf8.count + relative.utf8.count) / 64
        return nodesLeft > 0 ? joined(relative, to: base) : relative
    }

    /// Joins a relative reference with its base, without removing dots (RFC 3986, section 5.2, in small).
    private func joined(_ relative: String, to base: String) -> String {
        if relative.isEmpty { return base }
        let name = relative.prefix { $0.isLetter || $0.isNumber || "+-.".contains($0) }
        if !name.isEmpty, relative[name.endIndex...].hasPrefix(":") { return relative }
        let stem = base.prefix { $0 != "?" && $0 != "#" }
        let slashes = stem.indices.filter { stem[$0] == "/" }
        // The authority begins behind two slashes; the path begins with the third.
        let hasAuthority = slashes.count >= 2 && stem[slashes[0]...].hasPrefix("//")
        let pathStart =
            hasAuthority ? (slashes.count > 2 ? slashes[2] : stem.endIndex) : (slashes.first ?? stem.endIndex)
        if relative.hasPrefix("//") { return stem[..<(slashes.first ?? stem.endIndex)] + relative }
        if relative.hasPrefix("/") { return stem[..<pathStart] + relative }
        if relative.hasPrefix("?") { return stem + relative }
        if relative.hasPrefix("#") { return base.prefix { $0 != "#" } + relative }
        guard pathStart < stem.endIndex, let last = slashes.last else { return stem + "/" + relative }
        return stem[...last] + relative
    }
}
