public import Primitives

extension BinaryPropertyList {
    /// Everything the file holds, as values.
    ///
    /// Values that many others refer to are counted as often as they are referred to, and refused beyond a limit: a
    /// file of a hundred bytes can describe more values than any memory holds.
    public func tree() throws(ParseError) -> PropertyList { try tree(limits: PropertyList.Limits()) }

    func tree(limits: PropertyList.Limits) throws(ParseError) -> PropertyList {
        var reader = TreeReader(list: self, limits: limits)
        return try reader.read(root)
    }
}

/// Builds the values of a binary property list, and keeps the account of what that costs.
private struct TreeReader {
    let list: BinaryPropertyList
    let limits: PropertyList.Limits
    /// Values built so far.
    private var nodes = 0
    /// The lists and dictionaries around the present object.
    private var path: [Int] = []
    /// Long texts and data that were read already, so that a second reference costs no second copy.
    private var shared: [Int: PropertyList] = [:]
    /// Bytes that texts and data may still take. Objects of an honest file do not overlap, so its size is enough.
    private var bytesLeft: Int

    init(list: BinaryPropertyList, limits: PropertyList.Limits) {
        self.list = list
        self.limits = limits
        bytesLeft = list.bytes.count
    }

    mutating func read(_ object: Int) throws(ParseError) -> PropertyList {
        try count(1)
        guard let shape = list.shape(of: object) else { throw damage(of: object) }
        switch shape.kind {
        case 0x0: return try constant(shape)
        case 0x1: return list.integer(shape).map { .integer($0) } ?? .null
        case 0x2: return .real(list.real(shape))
        case 0x3: return list.moment(shape).map { .moment($0) } ?? .null
        case 0x4, 0x5, 0x6: return try contents(shape, of: object)
        case 0x8:
            guard let number = list.uid(object) else { throw damage(of: object) }
            return .uid(number)
        case 0xD:
            try enter(object, shape)
            defer { path.removeLast() }
            return try dictionary(shape)
        default:
            try enter(object, shape)
            defer { path.removeLast() }
            var values: [PropertyList] = []
            values.reserveCapacity(shape.count)
            for index in 0..<shape.count { values.append(try read(list.reference(index, from: shape.start))) }
            return .list(values)
        }
    }

    /// Of several values under one name the first counts, as with Apple's reader.
    private mutating func dictionary(_ shape: BinaryPropertyList.Shape) throws(ParseError) -> PropertyList {
        var members: [String: PropertyList] = [:]
        members.reserveCapacity(shape.count)
        for index in 0..<shape.count {
            let key = list.reference(index, from: shape.start)
            guard case .text(let name) = try read(key) else {
                throw ParseError(.malformed, "text as the name of a value", at: list.offset(of: key))
            }
            let value = try read(list.reference(shape.count + index, from: shape.start))
            if members[name] == nil { members[name] = value }
        }
        return .dictionary(members)
    }

    private mutating func contents(_ shape: BinaryPropertyList.Shape, of object: Int) throws(ParseError)
        -> PropertyList
    {
        let size = shape.kind == 0x6 ? 2 * shape.count : shape.count
        // A short text lies inside its value, and the limit of nodes is enough.
        guard size > 15 else { return value(shape) }
        if let known = shared[object] { return known }
        guard size <= bytesLeft else {
            throw ParseError(.beyondLimit, "objects that do not overlap", at: shape.start)
        }
        bytesLeft -= size
        let value = value(shape)
        shared[object] = value
        return value
    }

    private func value(_ shape: BinaryPropertyList.Shape) -> PropertyList {
        shape.kind == 0x4
            ? .bytes(Array(list.bytes[shape.start..<shape.start + shape.count])) : .text(list.text(shape))
    }

    private func constant(_ shape: BinaryPropertyList.Shape) throws(ParseError) -> PropertyList {
        switch shape.count {
        case 0: return .null
        case 8: return .truth(false)
        case 9: return .truth(true)
        default: throw ParseError(.unsupported, "null, false or true", at: shape.start - 1)
        }
    }

    private mutating func enter(_ object: Int, _ shape: BinaryPropertyList.Shape) throws(ParseError) {
        guard !path.contains(object) else {
            throw ParseError(.malformed, "an object that does not hold itself", at: shape.start)
        }
        guard path.count < limits.depth else {
            throw ParseError(.beyondLimit, "at most \(limits.depth) levels", at: shape.start)
        }
        // Asked before memory is reserved for the members.
        guard shape.count <= limits.nodes - nodes else { throw beyondNodes }
        path.append(object)
    }

    private mutating func count(_ more: Int) throws(ParseError) {
        guard nodes < limits.nodes else { throw beyondNodes }
        nodes += more
    }

    private var beyondNodes: ParseError { ParseError(.beyondLimit, "at most \(limits.nodes) values") }

    private func damage(of object: Int) -> ParseError {
        guard let offset = list.offset(of: object) else {
            return ParseError(.malformed, "a reference to an object of the file")
        }
        return ParseError(.malformed, "an object of a known kind that ends before the table of offsets", at: offset)
    }
}
