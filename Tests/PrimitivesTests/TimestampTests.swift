import Primitives
import Testing

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
        (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"), (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
        (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ])
    func `a moment is written in RFC 3339 and read back`(microseconds: Int64, text: String) throws {
        let moment = try #require(Timestamp(microseconds: microseconds))
        #expect(moment.description == text)
        #expect(Timestamp(rfc3339: text) == moment)
    }

    @Test func `every day of eight hundred years is written and read back`() throws {
        for day in stride(from: -146_097, through: 146_097, by: 1) {
            let moment = try #require(Timestamp(unixSeconds: Int64(day) * 86_400 + 3_661))
            #expect(Timestamp(rfc3339: moment.description) == moment)
        }
    }

    @Test func `years without four digits do not exist`() {
        #expect(Timestamp(microseconds: 253_402_300_800_000_000) == nil)
        #expect(Timestamp(unixSeconds: .infinity) == nil)
        #expect(Timestamp(unixSeconds: .nan) == nil)
        #expect(Timestamp(unixSeconds: Int64.max) == nil)
        #expect(Timestamp(cocoaSeconds: 1e300) == nil)
        #expect(Timestamp(webkitMicroseconds: .min) == nil)
        #expect(Timestamp(cocoaCount: .min) != Timestamp(cocoaCount: .max))
    }

    @Test func `Cocoa counts are seconds or nanoseconds by their size, and zero is not set`() {
        #expect(Timestamp(cocoaCount: 656_000_000)?.description == "2021-10-15T14:13:20.000000Z")
        #expect(Timestamp(cocoaCount: 656_000_000_250_000_000)?.description == "2021-10-15T14:13:20.250000Z")
        #expect(Timestamp(cocoaCount: 0) == nil)
        #expect(Timestamp(cocoaSeconds: 0) == nil)
    }

    @Test(arguments: [
        ("2021-11-03T07:12:09+03:00", "2021-11-03T04:12:09.000000Z"),
        ("2021-11-03 07:12:09", "2021-11-03T07:12:09.000000Z"),
        ("2021-11-03T07:12:09.5-0130", "2021-11-03T08:42:09.500000Z"),
    ])
    func `offsets and fractions are understood`(text: String, expected: String) {
        #expect(Timestamp(rfc3339: text)?.description == expected)
    }

    @Test(arguments: [
        "", "2021", "2021-02-30T00:00:00Z", "2021-13-01T00:00:00Z", "2021-11-03T25:00:00Z", "x021-11-03T07:12:09Z",
    ])
    func `what is no moment is refused`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}
