/// A moment in Coordinated Universal Time, in whole microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Only moments of the years 1 to 9999 exist, so that every one has an RFC 3339 form.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    /// 0001-01-01T00:00:00Z
    static let earliest: Int64 = -62_135_596_800_000_000
    /// 9999-12-31T23:59:59.999999Z
    static let latest: Int64 = 253_402_300_799_999_999

    /// A moment from microseconds since 1970-01-01T00:00:00Z, if its year has four digits.
    public init?(microseconds: Int64) {
        guard microseconds >= Timestamp.earliest, microseconds <= Timestamp.latest else { return nil }
        self.microseconds = microseconds
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }

    /// Seconds from an earlier moment to this one; negative if that one is later.
    public func seconds(since other: Timestamp) -> Double {
        Double(microseconds - other.microseconds) / 1_000_000
    }
}
