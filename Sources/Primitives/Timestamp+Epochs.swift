extension Timestamp {
    /// 2001-01-01T00:00:00Z in seconds since 1970: the epoch of Cocoa and Core Data.
    static let cocoaEpoch: Double = 978_307_200
    /// 1601-01-01T00:00:00Z in seconds since 1970: the epoch of Chromium and Windows.
    static let webkitEpoch: Int64 = -11_644_473_600

    /// Seconds since 1970-01-01T00:00:00Z.
    public init?(unixSeconds seconds: Double) {
        let scaled = (seconds * 1_000_000).rounded()
        guard scaled >= Double(Timestamp.earliest), scaled <= Double(Timestamp.latest) else { return nil }
        self.init(microseconds: Int64(scaled))
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    public init?(unixSeconds seconds: Int64) {
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        guard !overflow else { return nil }
        self.init(microseconds: scaled)
    }

    /// Seconds since 2001-01-01T00:00:00Z. Zero is "not set" and gives nothing.
    public init?(cocoaSeconds seconds: Double) {
        guard seconds != 0 else { return nil }
        self.init(unixSeconds: seconds + Timestamp.cocoaEpoch)
    }

    /// A whole number since 2001-01-01T00:00:00Z, in seconds or, when it is too large for that, in nanoseconds.
    ///
    /// Messages changed from seconds to nanoseconds with iOS 11 and kept both in one column. A hundred thousand
    /// million seconds would be the year 5170, and that many nanoseconds are 100 seconds: no honest value lies between.
    /// Zero is "not set" and gives nothing.
    public init?(cocoaCount count: Int64) {
        guard count != 0 else { return nil }
        if count.magnitude < 100_000_000_000 {
            self.init(unixSeconds: count + Int64(Timestamp.cocoaEpoch))
        } else {
            self.init(microseconds: count / 1_000 + Int64(Timestamp.cocoaEpoch) * 1_000_000)
        }
    }

    /// Microseconds since 1601-01-01T00:00:00Z. Zero is "not set" and gives nothing.
    public init?(webkitMicroseconds count: Int64) {
        guard count != 0 else { return nil }
        let (shifted, overflow) = count.addingReportingOverflow(Timestamp.webkitEpoch * 1_000_000)
        guard !overflow else { return nil }
        self.init(microseconds: shifted)
    }
}
