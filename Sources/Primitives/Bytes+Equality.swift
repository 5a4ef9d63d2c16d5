#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension UnsafeBufferPointer<UInt8> {
    /// Whether the same bytes stand here and there.
    ///
    /// `elementsEqual` goes through two iterators, at about fifteen instructions a byte.
    @inlinable @inline(__always)
    public func holdsSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        guard count > 0, let left = baseAddress, let right = other.baseAddress else { return true }
        return UnsafeBufferPointer.areSame(left, right, count)
    }

    @usableFromInline
    static func areSame(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        memcmp(left, right, count) == 0
    }
}

extension Array<UInt8> {
    /// Whether the same bytes stand here and there.
    @inlinable @inline(__always)
    public func holdsSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        withUnsafeBufferPointer { $0.holdsSame(as: other) }
    }
}
