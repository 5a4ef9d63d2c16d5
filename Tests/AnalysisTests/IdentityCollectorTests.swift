import ArtifactModel
import CaseModel
import Primitives
import Testing

@testable import Analysis

struct IdentityCollectorTests {
    private func collect(
        _ names: [(String, Observable)], home: String? = nil, moments: [Timestamp?] = []
    ) -> [Identity] {
        var collector = IdentityCollector()
        for (index, (text, observable)) in names.enumerated() {
            collector.note(text, observable)
            collector.endRecord(index < moments.count ? moments[index] : nil)
        }
        return collector.identities(of: "apple.test.records", home: home)
    }

    @Test func `one person written in several ways is one`() {
        let sender = Observable(.account, .attempted)
        let found = collect(
            [("+256 700 000 100", sender), ("tel:+256700000100", sender), ("0700000100", sender)], home: "UG",
            moments: [Timestamp(unixSeconds: Int64(30)), nil, Timestamp(unixSeconds: Int64(10))])
        #expect(found.count == 1)
        #expect(found.first?.value == "+256700000100")
        #expect(found.first?.region == "UG")
        #expect(found.first?.records == 3)
        #expect(found.first?.role == .sender)
        #expect(found.first?.isCountryAssumed == false)
        #expect(found.first?.first == Timestamp(unixSeconds: Int64(10)))
        #expect(found.first?.last == Timestamp(unixSeconds: Int64(30)))
    }

    @Test func `kinds are told by form`() {
        let named = Observable(.account, .mentioned)
        let found = collect([
            ("Amber.Asiimwe@State.GOV", named), ("256700000100@s.whatsapp.net", named), ("12345@lid", named),
            ("AUTHMSG", named), ("mailto:a@example.org", Observable(.emailAddress, .mentioned, .participant)),
        ])
        #expect(
            found.map { "\($0.kind.rawValue) \($0.value) \($0.role.rawValue)" } == [
                "account AUTHMSG named", "email-address a@example.org participant",
                "email-address amber.asiimwe@state.gov named", "whatsapp-account 12345@lid named",
                "whatsapp-account 256700000100@s.whatsapp.net named",
            ])
    }

    @Test func `links, hosts and paths name nobody`() {
        #expect(collect([("https://example.org/", Observable(.url, .visited))]).isEmpty)
    }

    @Test func `the number of names is bounded and said`() {
        var collector = IdentityCollector()
        for number in 0...IdentityCollector.limit {
            collector.note("name\(number)", Observable(.account, .mentioned))
            collector.endRecord(nil)
        }
        #expect(collector.overflow == 1)
        #expect(collector.identities(of: "x", home: nil).count == IdentityCollector.limit)
    }

    @Test func `a line has every member in its order`() {
        var line = TextBuffer()
        Identity(kind: .phoneNumber, value: "+256700000100", region: "UG", role: .owner, artifact: "ios-backup")
            .write(json: &line)
        #expect(
            line.string
                == #"{"kind":"phone-number","value":"+256700000100","region":"UG","country_assumed":false,"role":"owner","#
                + #""artifact":"ios-backup","records":1,"first":null,"last":null}"# + "\n")
    }
}
