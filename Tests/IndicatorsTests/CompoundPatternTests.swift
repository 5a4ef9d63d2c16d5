import ArtifactModel
import Primitives
import Testing

@testable import Indicators

@Suite struct `A compound pattern` {
    private func pattern(_ text: String) throws -> CompoundPattern {
        let (_, file) = PatternFate.of(text)
        return try #require(file.patterns.first, "\(file.problems.map(\.reason))")
    }

    // MARK: - One record

    /// Whether a record of these values fulfils the one observation of a pattern.
    private func agrees(_ text: String, _ values: [(String, Observable.Kind)]) throws -> Bool {
        let set = PatternSet([try pattern(text)])
        var probe = try #require(set.probe(for: Set(Observable.Kind.allCases)))
        // Another record before it leaves nothing behind.
        probe.take("https://other.test/", as: Observable(.url, .visited))
        _ = probe.agreements()
        for (value, kind) in values { probe.take(value, as: Observable(kind, .visited)) }
        return !probe.agreements().isEmpty
    }

    @Test(
        arguments: [
            (
                "[url:value LIKE '%/gate_.php?x=%']", [("https://a.test/gate1.php?x=y", .url)],
                [("https://a.test/gate.php?x=y", .url)]
            ),
            ("[url:value LIKE 'https://a.test/*']", [("https://a.test/*", .url)], [("https://a.test/x", .url)]),
            (
                "[domain-name:value LIKE '%.Evil.test']", [("https://A.evil.TEST:8443/x", .url)],
                [("https://evil.test/", .url)]
            ),
            ("[domain-name:value LIKE 'evil%.test']", [("evil7.test", .hostName)], [("x.evil7.test", .hostName)]),
            (
                "[domain-name:value MATCHES '^[a-z]{8}\\\\d{3}\\\\.test$']", [("http://abcdefgh123.test/", .url)],
                [("http://abc.test/", .url)]
            ),
            (
                "[file:path MATCHES '^/private/var/tmp/[a-z]{3}/x$']", [("/var/tmp/abc/x", .filePath)],
                [("/var/tmp/abcd/x", .filePath)]
            ),
            (
                "[file:path LIKE '/var/tmp/evil/%']", [("/private/var/tmp/evil/x", .filePath)],
                [("/private/var/tmp/evilx", .filePath)]
            ),
            (
                "[file:name LIKE '.%kusama%']", [("/private/var/tmp/.xkusama.txt", .filePath)],
                [("/private/.x/kusama.txt", .filePath)]
            ),
            (
                "[process:name LIKE 'roleabout_']", [("roleaboutd/com.apple.x", .processName)],
                [("roleaboutdd", .processName)]
            ),
            (
                "[email-addr:value LIKE '%@evil.test']", [("Bob <X@EVIL.test>", .emailAddress)],
                [("x@evil.test.org", .emailAddress)]
            ),
            (
                "[app:id LIKE 'com.evil.%']", [("COM.evil.x", .applicationIdentifier)],
                [("com.good", .applicationIdentifier)]
            ),
            (
                "[ipv4-addr:value ISSUBSET '198.51.100.0/25' AND EXISTS url:value]", [("http://198.51.100.127/", .url)],
                [("http://198.51.100.128/", .url)]
            ),
            (
                "[ipv6-addr:value ISSUBSET '2001:db8:1::/49' AND EXISTS ipv6-addr:value]",
                [("http://[2001:db8:1:7fff::1]/", .url)], [("http://[2001:db8:1:8000::1]/", .url)]
            ),
            (
                "[file:name = 'ab' AND file:parent_directory_ref.path = '/var/tmp/c']",
                [("/private/var/tmp/c/ab", .filePath)], [("/private/var/tmp/d/ab", .filePath)]
            ),
            (
                "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '203.0.113.33']",
                [("203.0.113.33", .hostName)], [("a.test", .hostName)]
            ),
            (
                "[domain-name:value = 'evil.test' AND url:value LIKE '%?id=%']", [("https://x.evil.test/?id=1", .url)],
                [("https://x.evil.test/", .url)]
            ),
            (
                "[file:hashes.MD5 LIKE '0123%' AND EXISTS file:hashes.MD5]",
                [("01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef", .fileHash)],
                [("a123456789abcdef0123456789abcdef", .fileHash)]
            ),
            (
                "[(domain-name:value = 'a.test' OR domain-name:value = 'b.test') AND NOT url:value MATCHES 'x$']",
                [("http://b.test/y", .url)], [("http://b.test/x", .url)]
            ),
        ] as [(String, [(String, Observable.Kind)], [(String, Observable.Kind)])])
    func `is asked of the fields that it is bound to`(
        text: String, yes: [(String, Observable.Kind)], no: [(String, Observable.Kind)]
    ) throws {
        #expect(try agrees(text, yes))
        #expect(try !agrees(text, no))
        #expect(try !agrees(text, []))
    }

    @Test func `comparisons of one subject speak about one value`() throws {
        let text = "[domain-name:value LIKE '%.evil.test' AND domain-name:value != 'good.evil.test']"
        #expect(try agrees(text, [("https://bad.evil.test/", .url)]))
        #expect(try !agrees(text, [("https://good.evil.test/", .url)]))
        #expect(try !agrees(text, [("https://good.evil.test/", .url), ("https://a.test/", .url)]))
        #expect(try agrees(text, [("https://good.evil.test/", .url), ("bad.evil.test", .hostName)]))
        let both = "[file:name = 'ab' AND file:path LIKE '/private/var/evil/%']"
        #expect(try agrees(both, [("/private/var/evil/x/ab", .filePath)]))
        #expect(try !agrees(both, [("/private/var/evil/x", .filePath), ("/tmp/ab", .filePath)]))
        // Of different subjects, any value of the record will do.
        let mixed = "[process:name = 'ab' AND file:path LIKE '/private/var/evil/%']"
        #expect(try agrees(mixed, [("/tmp/x", .filePath), ("/private/var/evil/x", .filePath), ("ab", .processName)]))
    }

    @Test func `a process is never compared with a path, nor a path with a process`() throws {
        #expect(try !agrees("[process:name LIKE 'evil%']", [("/private/var/evil", .filePath)]))
        #expect(try !agrees("[file:name LIKE 'evil%']", [("evil", .processName)]))
    }

    @Test func `values and states of the agreement are told, and a flood of values is cut`() throws {
        let set = PatternSet([try pattern("[domain-name:value LIKE '%evil%' AND process:name = 'ab']")])
        var probe = try #require(set.probe(for: [.url, .processName]))
        probe.take("https://a.test/", as: Observable(.url, .attempted))
        probe.take("https://evil.test/", as: Observable(.url, .attempted))
        probe.take("ab", as: Observable(.processName, .ran))
        let found = probe.agreements()
        #expect(found.map(\.values) == [["https://evil.test/", "ab"]])
        #expect(found.map(\.state) == [.ran])
        for number in 0..<1_000 { probe.take("https://a\(number).test/", as: Observable(.url, .attempted)) }
        #expect(probe.agreements().isEmpty && probe.isCut)
        #expect(set.probe(for: [.url]) == nil)
        #expect(set.probe(for: []) == nil)
    }

    // MARK: - Several records

    /// The matches of a pattern whose observations are fulfilled at these moments, in seconds; `nil` for no moment.
    private func matches(_ text: String, _ moments: [[Double?]]) throws -> [[Int]] {
        var record = 0
        let hits = moments.map { list in
            list.map { moment in
                record += 1
                return PatternHit(
                    moment: moment.flatMap { Timestamp(microseconds: Int64($0 * 1_000_000)) }, record: record)
            }
        }
        return try pattern(text).matches(hits).matches
    }

    private let a = "[file:name='a1']"
    private let b = "[file:name='b1']"
    private let c = "[file:name='c1']"

    @Test func `WITHIN takes its seconds and no microsecond more`() throws {
        #expect(try matches("(\(a) AND \(b)) WITHIN 60 SECONDS", [[100], [160]]) == [[1, 2]])
        #expect(try matches("(\(a) AND \(b)) WITHIN 60 SECONDS", [[100], [160.000_001]]).isEmpty)
        #expect(try matches("(\(a) AND \(b)) WITHIN 60 SECONDS", [[160], [100]]) == [[2, 1]])
        #expect(
            try matches("(\(a) AND \(b) AND \(c)) WITHIN 10 SECONDS", [[1, 50], [2, 55], [90, 58]]) == [[2, 4, 6]])
    }

    @Test func `START is inside and STOP outside`() throws {
        let window = "START t'1970-01-01T00:00:10Z' STOP t'1970-01-01T00:00:20Z'"
        #expect(try matches("\(a) \(window)", [[9.999_999, 10, 19.999_999, 20]]) == [[2], [3]])
        #expect(try matches("(\(a) AND \(b)) \(window)", [[5, 10], [25, 19]]) == [[2, 4]])
    }

    @Test func `what follows may happen at the same moment and not before`() throws {
        #expect(try matches("\(a) FOLLOWEDBY \(b)", [[100], [100]]) == [[1, 2]])
        #expect(try matches("\(a) FOLLOWEDBY \(b)", [[100], [99.999_999]]).isEmpty)
        #expect(
            try matches("\(a) FOLLOWEDBY \(b) FOLLOWEDBY \(c)", [[1, 10], [5, 12], [11, 13]]) == [
                [1, 3, 5], [2, 4, 6],
            ])
        #expect(try matches("(\(a) FOLLOWEDBY \(b)) WITHIN 5 SECONDS", [[1, 20], [10, 24, 26]]) == [[2, 4]])
        #expect(try matches("(\(a) AND \(b)) FOLLOWEDBY \(c)", [[5], [1], [4, 5]]) == [[2, 1, 4]])
    }

    @Test func `REPEATS counts different records`() throws {
        #expect(try matches("\(a) REPEATS 3 TIMES", [[1, 2]]).isEmpty)
        #expect(try matches("\(a) REPEATS 3 TIMES", [[1, 2, 3, 4, 5, 6, 7]]) == [[1, 2, 3], [4, 5, 6]])
        #expect(try matches("\(a) REPEATS 3 TIMES WITHIN 10 SECONDS", [[1, 8, 12, 17, 18]]) == [[2, 3, 4]])
        #expect(try matches("(\(a) FOLLOWEDBY \(b)) REPEATS 2 TIMES", [[1, 3], [2, 4]]) == [[1, 3, 2, 4]])
        #expect(try matches("(\(a) FOLLOWEDBY \(b)) REPEATS 3 TIMES", [[1, 3], [2, 4]]).isEmpty)
        #expect(
            try matches("(\(a) OR \(b)) REPEATS 4 TIMES WITHIN 4 SECONDS", [[1, 2, 9], [3, 5]]) == [[1, 2, 4, 5]])
    }

    @Test func `different observations are different records`() throws {
        let pattern = try pattern("\(a) AND \(b)")
        let one = PatternHit(moment: Timestamp(microseconds: 1), record: 1)
        let two = PatternHit(moment: Timestamp(microseconds: 2), record: 2)
        #expect(pattern.matches([[one], [one]]).matches.isEmpty)
        #expect(pattern.matches([[one, two], [one]]).matches == [[1, 2]])
    }

    @Test func `a record without a moment is used where no time is asked for`() throws {
        #expect(try matches("\(a) AND \(b)", [[nil], [5]]).count == 1)
        #expect(try matches("\(a) AND \(b)", [[nil], [nil]]).count == 1)
        #expect(try matches("(\(a) AND \(b)) WITHIN 5 SECONDS", [[nil], [5]]).isEmpty)
        #expect(try matches("\(a) FOLLOWEDBY \(b)", [[nil, 1], [5]]) == [[2, 3]])
        let hits = [[PatternHit(moment: nil, record: 1)], [PatternHit(moment: nil, record: 2)]]
        #expect(try pattern("\(a) FOLLOWEDBY \(b)").matches(hits).hasUntimed)
    }

    @Test func `many records are joined in time that grows with their number`() throws {
        let count = 5_000
        let first = (0..<count).map { PatternHit(moment: Timestamp(microseconds: Int64($0) * 3_000_000), record: $0) }
        let second = (0..<count).map {
            PatternHit(moment: Timestamp(microseconds: Int64($0) * 3_000_000 + 1_000_000), record: count + $0)
        }
        let start = ContinuousClock.now
        let found = try pattern("(\(a) FOLLOWEDBY \(b)) WITHIN 1 SECONDS").matches([first, second])
        #expect(found.matches.count == 20 && found.furtherCount == count - 20)
        #expect(try pattern("\(a) REPEATS 4000 TIMES").matches([first]).matches.map(\.count) == [4_000])
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `agrees with trying all combinations`() throws {
        var state: UInt64 = 3
        func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let patterns = try [
            "(\(a) AND \(b)) WITHIN 3 SECONDS", "\(a) FOLLOWEDBY \(b)",
            "(\(a) FOLLOWEDBY \(b) FOLLOWEDBY \(c)) WITHIN 6 SECONDS",
            "(\(a) AND \(b)) FOLLOWEDBY \(c)", "\(a) FOLLOWEDBY (\(b) AND \(c)) WITHIN 4 SECONDS",
            "(\(a) AND \(b) AND \(c)) WITHIN 5 SECONDS",
        ].map { try pattern($0) }
        for _ in 0..<400 {
            for pattern in patterns {
                // Records of different observations are different ones here, so that the lists are exact.
                var record = 0
                let hits = (0..<pattern.observationCount).map { _ in
                    (0..<below(4)).map { _ in
                        record += 1
                        return PatternHit(moment: Timestamp(microseconds: Int64(below(12)) * 1_000_000), record: record)
                    }
                }
                let found = !pattern.matches(hits).matches.isEmpty
                #expect(found == Self.exists(pattern.join, hits), "\(pattern.text) \(hits)")
            }
        }
    }

    /// Whether any choice of one record for each observation fulfils the pattern.
    private static func exists(_ join: PatternJoin, _ hits: [[PatternHit]]) -> Bool {
        func times(_ join: PatternJoin, _ chosen: [Int64]) -> ClosedRange<Int64>? {
            switch join {
            case .observation(let number): return chosen[number]...chosen[number]
            case .all(let parts):
                let found = parts.map { times($0, chosen) }
                guard let low = found.compactMap({ $0?.lowerBound }).min(),
                    let high = found.compactMap({ $0?.upperBound }).max(), !found.contains(nil)
                else { return nil }
                return low...high
            case .sequence(let parts):
                var whole: ClosedRange<Int64>?
                for part in parts {
                    guard let next = times(part, chosen) else { return nil }
                    if let before = whole {
                        guard before.upperBound <= next.lowerBound else { return nil }
                        whole = before.lowerBound...next.upperBound
                    } else {
                        whole = next
                    }
                }
                return whole
            case .qualified(let inside, .within(let length)):
                return times(inside, chosen).flatMap { $0.upperBound - $0.lowerBound <= length ? $0 : nil }
            default: return nil
            }
        }
        func choose(_ chosen: [Int64]) -> Bool {
            guard chosen.count < hits.count else { return times(join, chosen) != nil }
            return hits[chosen.count].contains { choose(chosen + [$0.moment?.microseconds ?? 0]) }
        }
        return choose([])
    }
}
