import ArtifactModel
import Indicators
import Testing

@Suite struct `An indicator set` {
    @Test(arguments: MatchingCase.all)
    func `finds what agrees and nothing else`(row: MatchingCase) {
        let matches = IndicatorSet([row.indicator]).matches(row.text, as: row.kind)
        #expect(matches.map(\.manner) == (row.manner.map { [$0] } ?? []), Comment(rawValue: row.testDescription))
        #expect(matches.allSatisfy { $0.indicator == row.indicator && $0.others == 0 })
    }

    /// The same with all other indicators of the table in the same set: they must not get in each other's way.
    @Test func `finds it among many`() {
        let set = IndicatorSet(MatchingCase.all.map(\.indicator))
        for row in MatchingCase.all {
            let matches = set.matches(row.text, as: row.kind).filter { $0.indicator == row.indicator }
            #expect(
                matches.map(\.manner) == (row.manner.map { [$0] } ?? []), Comment(rawValue: row.testDescription))
        }
    }

    @Test func `the table can be read, and has rows of both sorts`() {
        let unread = MatchingCase.rows.filter { MatchingCase($0) == nil }.map(\.place)
        #expect(unread == [])
        #expect(MatchingCase.all.count >= 300)
        #expect(MatchingCase.all.filter { $0.manner == nil }.count >= 150)
        #expect(Set(MatchingCase.all.compactMap(\.manner)) == Set(IndicatorMatch.Manner.allCases))
        #expect(Set(MatchingCase.all.filter { $0.manner != nil }.map(\.kind)) == Set(Observable.Kind.allCases))
    }

    @Test func `what can't be compared never matches, and every match is comparable`() {
        for row in MatchingCase.all where row.manner != nil {
            #expect(row.indicator.kind.isComparable(with: row.kind))
        }
        for row in MatchingCase.all where !row.indicator.kind.isComparable(with: row.kind) {
            #expect(row.manner == nil)
        }
    }

    @Test func `the observed part is named`() {
        let set = IndicatorSet([
            Indicator(.domainName, "evil.test", source: "a"), Indicator(.processName, "bh", source: "a"),
            Indicator(.filePath, "/tmp/l/", source: "a"),
        ])
        #expect(set.matches("http://u@A.Evil.test:1/x", as: .url).map(\.observed) == ["a.evil.test"])
        #expect(set.matches("bh/com.apple.x", as: .processName).map(\.observed) == ["bh"])
        #expect(set.matches("/tmp/l/x", as: .filePath).map(\.observed) == ["/private/var/tmp/l/x"])
    }

    @Test func `two publishers of one value are both named, in the same order whatever the order of loading`() {
        let first = Indicator(.domainName, "evil.test", family: "A", source: "one")
        let second = Indicator(.domainName, "evil.test", family: "A", source: "two")
        let third = Indicator(.domainName, "sub.evil.test", family: "B", source: "two")
        let fourth = Indicator(.url, "https://sub.evil.test/x", family: nil, source: "two")
        let forwards = IndicatorSet([first, second, third, fourth])
        let backwards = IndicatorSet([fourth, third, second, first])
        let matches = forwards.matches("https://sub.evil.test/x", as: .url)
        #expect(matches.map(\.indicator) == [first, second, third, fourth])
        #expect(matches.map(\.manner) == [.subdomain, .subdomain, .exact, .urlExact])
        #expect(backwards.matches("https://sub.evil.test/x", as: .url) == matches)
        #expect(forwards.digest == backwards.digest)
        #expect(forwards.digest.utf8.count == 32)
        #expect(forwards.digest != IndicatorSet([first, second, third]).digest)
        #expect(forwards.tallies == backwards.tallies)
        #expect(forwards.tallies.map(\.count) == [1, 1, 1, 1])
    }

    @Test func `an empty set and a set without domains answer every question`() {
        for set in [IndicatorSet([]), IndicatorSet([Indicator(.processName, "bh", source: "a")])] {
            for kind in Observable.Kind.allCases {
                #expect(set.matches("https://evil.test/x", as: kind).isEmpty)
                #expect(set.matches("", as: kind).isEmpty)
            }
        }
    }

    @Test func `coverage counts what could have matched`() {
        let set = IndicatorSet([
            Indicator(.domainName, "evil.test", family: "A", source: "a"),
            Indicator(.processName, "bh", family: "A", source: "a"),
            Indicator(.processName, "pcsd", family: "A", source: "a"),
            Indicator(.androidProperty, "x.y", family: "B", source: "a"),
        ])
        #expect(set.tallies(comparableWith: [.processName]).map(\.count) == [2])
        #expect(set.tallies(comparableWith: [.url, .hostName]).map(\.kind) == [.domainName])
        #expect(set.tallies(comparableWith: Observable.Kind.allCases).map(\.count).reduce(0, +) == 3)
        #expect(set.tallies(comparableWith: [.phoneNumber]).isEmpty)
    }

    @Test func `every one of many thousand domains is found, and no neighbour`() {
        let set = IndicatorSet((0..<20_000).map { Indicator(.domainName, "host\($0).test", source: "a") })
        for number in 0..<20_000 {
            #expect(set.matches("https://a.host\(number).test/", as: .url).count == 1)
            #expect(set.matches("https://host\(number)x.test/", as: .url).isEmpty)
        }
    }

    @Test func `bytes of any kind are answered`() {
        let set = IndicatorSet(MatchingCase.all.map(\.indicator))
        // A generator with a fixed start: the same bytes in every run.
        var state: UInt64 = 42
        let alphabet = Array("ab.:/@[]%\\?#xn-0127f".utf8) + [0xC3, 0xBC, 0xE3, 0x80, 0x82, 0xFF, 0x00, 0x09]
        for _ in 0..<20_000 {
            var bytes = Array("https://".utf8.prefix(Int(state >> 60) % 9))
            for _ in 0..<Int(state >> 40 % 40) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes.append(alphabet[Int(state >> 33) % alphabet.count])
            }
            state = state &* 6_364_136_223_846_793_005 &+ 1
            for kind in Observable.Kind.allCases {
                let matches = bytes.withUnsafeBufferPointer { set.matches($0, as: kind) }
                #expect(matches.count <= set.count)
            }
        }
    }
}
