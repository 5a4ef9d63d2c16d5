public import Primitives

/// The releases of iOS that Apple has published, with their builds and days, up to the day of the table.
///
/// Source: public lists of builds and days, since release 13; the releases of 12 were written from memory. To be compared
/// with Apple security releases, <https://support.apple.com/en-us/100100>, which was not at hand. iPadOS shares versions,
/// builds and days, with few exceptions.
public enum PublishedReleases {
    /// One release.
    public struct Release: Sendable, Hashable {
        /// `15.7.1`
        public let version: String
        /// `19H117`; several where devices or days differ.
        public let builds: [String]
        /// The day of publication, in the time zone of the publisher.
        public let day: String

        /// The numbers of the version, for comparison.
        let numbers: [Int]
    }

    /// The day of the newest release that the table has. What came later is not known here.
    public static let asOf = "2025-12-12"

    /// All releases by version.
    public static let all: [Release] = table.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 3, let numbers = numbers(of: words[0]) else { return nil }
        return Release(
            version: words[0], builds: words[1].split(separator: ",").map(String.init), day: words[2],
            numbers: numbers)
    }

    /// The release that calls itself by a build.
    public static func release(build: String) -> Release? { all.first { $0.builds.contains(build) } }

    /// The release of a version: `15.0` and `15` are one.
    public static func release(version: String) -> Release? {
        guard let wanted = numbers(of: version) else { return nil }
        return all.first { $0.numbers == wanted }
    }

    /// How a version stood on a day: in one sentence, or nothing if the version can't be placed.
    ///
    /// Devices that Apple no longer supports can't run the newest release; the sentence does not say they could.
    public static func standing(of version: String, build: String? = nil, on moment: Timestamp?) -> String? {
        guard let wanted = build.flatMap({ release(build: $0)?.numbers }) ?? numbers(of: version) else { return nil }
        guard let last = all.map(\.numbers).max(by: { $0.lexicographicallyPrecedes($1) }),
            !last.lexicographicallyPrecedes(wanted)
        else { return "newer than the table of releases, which ends on \(asOf)" }
        let day = moment.map { String($0.description.prefix(10)) }
        let until = day.map { min($0, asOf) } ?? asOf
        let newer = all.filter { $0.day <= until && wanted.lexicographicallyPrecedes($0.numbers) }
        let when =
            day.map { $0 <= asOf ? "when the evidence was taken" : "by \(asOf), the day of the table" }
            ?? "by \(asOf), the day of the table"
        guard let newest = newer.max(by: { $0.numbers.lexicographicallyPrecedes($1.numbers) }) else {
            return "no newer release had been published \(when)"
        }
        let releases = newer.count == 1 ? "1 newer release" : "\(newer.count) newer releases"
        return "\(releases) had been published \(when), the newest \(newest.version) on \(newest.day)"
    }

    /// Up to four numbers of at most five digits; zeros at the end count for nothing.
    private static func numbers(of version: String) -> [Int]? {
        let parts = version.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return nil }
        var numbers: [Int] = []
        for part in parts {
            guard part.utf8.count <= 5, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        while numbers.last == 0, numbers.count > 1 { numbers.removeLast() }
        return numbers
    }

    private static let table = """
        12.0 16A366 2018-09-17
        12.0.1 16A404 2018-10-08
        12.1 16B92 2018-10-30
        12.1.1 16C50 2018-12-05
        12.1.2 16C101 2018-12-17
        12.1.3 16D39 2019-01-22
        12.1.4 16D57 2019-02-07
        12.2 16E227 2019-03-25
        12.3 16F156 2019-05-13
        12.3.1 16F203 2019-05-24
        12.4 16G77 2019-07-22
        12.4.1 16G102 2019-08-26
        12.4.2 16G114 2019-09-26
        12.4.3 16G130 2019-10-28
        12.4.4 16G140 2019-12-10
        12.4.5 16G161 2020-01-28
        12.4.6 16G183 2020-03-24
        12.4.7 16G192 2020-05-20
        12.4.8 16G201 2020-07-15
        12.4.9 16H5 2020-11-05
        12.5 16H20 2020-12-14
        12.5.1 16H22 2021-01-11
        12.5.2 16H30 2021-03-26
        12.5.3 16H41 2021-05-03
        12.5.4 16H50 2021-06-14
        12.5.5 16H62 2021-09-23
        12.5.6 16H71 2022-08-31
        12.5.7 16H81 2023-01-23
        13.0 17A577 2019-09-19
        13.1 17A844 2019-09-24
        13.1.1 17A854 2019-09-27
        13.1.2 17A860,17A861 2019-09-30
        13.1.3 17A878 2019-10-15
        13.2 17B84 2019-10-28
        13.2.1 17B90 2019-10-30
        13.2.2 17B102 2019-11-07
        13.2.3 17B111 2019-11-18
        13.3 17C54 2019-12-10
        13.3.1 17D50 2020-01-28
        13.4 17E255 2020-03-24
        13.4.1 17E262 2020-04-07
        13.5 17F75 2020-05-20
        13.5.1 17F80 2020-06-01
        13.6 17G68 2020-07-15
        13.6.1 17G80 2020-08-12
        13.7 17H35 2020-09-01
        14.0 18A373 2020-09-16
        14.0.1 18A393 2020-09-24
        14.1 18A8395 2020-10-20
        14.2 18B92 2020-11-05
        14.2.1 18B121 2020-11-19
        14.3 18C66 2020-12-14
        14.4 18D52 2021-01-26
        14.4.1 18D61 2021-03-08
        14.4.2 18D70 2021-03-26
        14.5 18E199 2021-04-26
        14.5.1 18E212 2021-05-03
        14.6 18F72 2021-05-24
        14.7 18G69 2021-07-19
        14.7.1 18G82 2021-07-26
        14.8 18H17 2021-09-13
        14.8.1 18H107 2021-10-26
        15.0 19A346 2021-09-20
        15.0.1 19A348 2021-10-01
        15.0.2 19A404 2021-10-11
        15.1 19B74 2021-10-25
        15.1.1 19B81 2021-11-17
        15.2 19C56,19C57 2021-12-13
        15.2.1 19C63 2022-01-12
        15.3 19D50 2022-01-26
        15.3.1 19D52 2022-02-10
        15.4 19E241 2022-03-14
        15.4.1 19E258 2022-03-31
        15.5 19F77 2022-05-16
        15.6 19G71 2022-07-20
        15.6.1 19G82 2022-08-17
        15.7 19H12 2022-09-12
        15.7.1 19H117 2022-10-27
        15.7.2 19H218 2022-12-13
        15.7.3 19H307 2023-01-23
        15.7.4 19H321 2023-03-27
        15.7.5 19H332 2023-04-10
        15.7.6 19H349 2023-05-18
        15.7.7 19H357 2023-06-21
        15.7.8 19H364 2023-07-24
        15.7.9 19H365 2023-09-11
        15.8 19H370 2023-10-25
        15.8.1 19H380 2024-01-22
        15.8.2 19H384 2024-03-05
        15.8.3 19H386 2024-07-29
        15.8.4 19H390 2025-03-31
        15.8.5 19H394 2025-09-15
        16.0 20A362 2022-09-12
        16.0.1 20A371 2022-09-14
        16.0.2 20A380 2022-09-22
        16.0.3 20A392 2022-10-10
        16.1 20B82 2022-10-24
        16.1.1 20B101 2022-11-09
        16.1.2 20B110 2022-11-30
        16.2 20C65 2022-12-13
        16.3 20D47 2023-01-23
        16.3.1 20D67 2023-02-13
        16.4 20E247 2023-03-27
        16.4.1 20E252 2023-04-07
        16.5 20F66 2023-05-18
        16.5.1 20F75 2023-06-21
        16.6 20G75 2023-07-24
        16.6.1 20G81 2023-09-07
        16.7 20H19 2023-09-21
        16.7.1 20H30 2023-10-10
        16.7.2 20H115 2023-10-25
        16.7.3 20H232 2023-12-11
        16.7.4 20H240 2023-12-19
        16.7.5 20H307 2024-01-22
        16.7.6 20H320 2024-03-05
        16.7.7 20H330 2024-03-21
        16.7.8 20H343 2024-05-13
        16.7.9 20H348 2024-07-29
        16.7.10 20H350 2024-08-07
        16.7.11 20H360 2025-03-31
        16.7.12 20H364 2025-09-15
        17.0 21A329 2023-09-18
        17.0.1 21A340 2023-09-21
        17.0.2 21A350,21A351 2023-09-21
        17.0.3 21A360 2023-10-04
        17.1 21B74,21B80 2023-10-25
        17.1.1 21B91 2023-11-07
        17.1.2 21B101 2023-11-30
        17.2 21C62 2023-12-11
        17.2.1 21C66 2023-12-19
        17.3 21D50 2024-01-22
        17.3.1 21D61 2024-02-08
        17.4 21E219 2024-03-05
        17.4.1 21E236,21E237 2024-03-21
        17.5 21F79 2024-05-13
        17.5.1 21F90 2024-05-20
        17.6 21G80 2024-07-29
        17.6.1 21G93,21G101 2024-08-07
        17.7 21H16 2024-09-16
        17.7.1 21H216 2024-10-28
        17.7.2 21H221 2024-11-19
        18.0 22A3354 2024-09-16
        18.0.1 22A3370 2024-10-03
        18.1 22B83 2024-10-28
        18.1.1 22B91 2024-11-19
        18.2 22C152 2024-12-11
        18.2.1 22C161 2025-01-06
        18.3 22D63,22D64 2025-01-27
        18.3.1 22D72 2025-02-10
        18.3.2 22D82 2025-03-11
        18.4 22E240 2025-03-31
        18.4.1 22E252 2025-04-16
        18.5 22F76 2025-05-12
        18.6 22G86 2025-07-29
        18.6.1 22G90 2025-08-14
        18.6.2 22G100 2025-08-20
        18.7 22H20 2025-09-15
        18.7.1 22H31 2025-09-29
        18.7.2 22H124 2025-11-05
        18.7.3 22H217 2025-12-12
        26.0 23A341 2025-09-15
        26.0.1 23A355 2025-09-29
        26.1 23B85 2025-11-03
        26.2 23C55 2025-12-12
        """
}
