public import Primitives

/// Reading single values without building a tree. A wrong kind, a wrong number and damage all give `nil`.
extension BinaryPropertyList {
    /// The number of values in a list or set, or of pairs in a dictionary.
    public func count(of object: Int) -> Int? {
        guard let shape = shape(of: object), (0xA...0xD).contains(shape.kind) else { return nil }
        return shape.count
    }

    /// The object at an index of a list or set.
    public func element(_ index: Int, of list: Int) -> Int? {
        guard let shape = shape(of: list), (0xA...0xC).contains(shape.kind), index >= 0, index < shape.count else {
            return nil
        }
        return reference(index, from: shape.start)
    }

    /// The object under a name that is stored as ASCII, as Apple's writers store every name that can be.
    ///
    /// Of several values under one name the first counts.
    public func value(named name: StaticString, in dictionary: Int) -> Int? {
        guard let shape = shape(of: dictionary), shape.kind == 0xD else { return nil }
        for index in 0..<shape.count where isText(reference(index, from: shape.start), name) {
            return reference(shape.count + index, from: shape.start)
        }
        return nil
    }

    /// Hands out the object numbers of every key and value of a dictionary; false if it is none.
    @discardableResult
    public func forEachMember(of dictionary: Int, _ body: (_ key: Int, _ value: Int) -> Void) -> Bool {
        guard let shape = shape(of: dictionary), shape.kind == 0xD else { return false }
        for index in 0..<shape.count {
            body(reference(index, from: shape.start), reference(shape.count + index, from: shape.start))
        }
        return true
    }

    /// Whether an object is a text with these ASCII letters.
    public func isText(_ object: Int, _ letters: StaticString) -> Bool {
        guard let range = letterRange(of: object) else { return false }
        return isEqual(range, letters)
    }

    /// A whole number.
    public func integer(_ object: Int) -> Int64? {
        guard let shape = shape(of: object), shape.kind == 0x1 else { return nil }
        return integer(shape)
    }

    /// A number with or without a fraction.
    public func real(_ object: Int) -> Double? {
        guard let shape = shape(of: object) else { return nil }
        return switch shape.kind {
        case 0x1: integer(shape).map { Double($0) }
        case 0x2: real(shape)
        default: nil
        }
    }

    /// Yes or no.
    public func truth(_ object: Int) -> Bool? {
        guard let shape = shape(of: object), shape.kind == 0x0 else { return nil }
        return shape.count == 9 ? true : shape.count == 8 ? false : nil
    }

    /// A date.
    public func moment(_ object: Int) -> Timestamp? {
        guard let shape = shape(of: object), shape.kind == 0x3 else { return nil }
        return moment(shape)
    }

    /// Text; units that are no characters are repaired with U+FFFD.
    public func text(_ object: Int) -> String? {
        guard let shape = shape(of: object), shape.kind == 0x5 || shape.kind == 0x6 else { return nil }
        return text(shape)
    }

    /// Data.
    public func data(_ object: Int) -> [UInt8]? {
        guard let shape = shape(of: object), shape.kind == 0x4 else { return nil }
        return Array(bytes[shape.start..<shape.start + shape.count])
    }

    /// What a reference of a keyed archive names.
    public func uid(_ object: Int) -> Int? {
        guard let shape = shape(of: object), shape.kind == 0x8, shape.count <= 8 else { return nil }
        return Int(exactly: number(at: shape.start, size: shape.count))
    }

    /// Where the letters of an ASCII text lie.
    @inline(__always)
    func letterRange(of object: Int) -> Range<Int>? {
        guard let shape = shape(of: object), shape.kind == 0x5 else { return nil }
        return shape.start..<shape.start + shape.count
    }

    /// Whether the bytes of a range are these letters.
    @inline(__always)
    func isEqual(_ range: Range<Int>, _ letters: StaticString) -> Bool {
        guard range.count == letters.utf8CodeUnitCount else { return false }
        let wanted = UnsafeBufferPointer(start: letters.utf8Start, count: letters.utf8CodeUnitCount)
        for index in 0..<wanted.count where bytes[range.lowerBound + index] != wanted[index] { return false }
        return true
    }
}
