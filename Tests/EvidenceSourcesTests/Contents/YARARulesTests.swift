import ArtifactModel
import Crypto
import EvidenceSources
import Foundation
import Primitives
import TestSupport
import Testing

/// Needs the libyara of the system; `make setup` installs it on Linux.
struct YARARulesTests {
    private func rules(_ text: String) throws -> YARARules {
        let workspace = try Workspace()
        try workspace.write(text, to: "rules.yar")
        return try YARARules(path: workspace.path("rules.yar"))
    }

    private static let isInstalled: Bool = {
        do {
            _ = try YARARules(path: "/nonexistent")
        } catch let error as EvidenceError {
            return !error.message.contains("libyara")
        } catch {}
        return false
    }()

    @Test(.enabled(if: isInstalled, "libyara is not installed"))
    func `names the rules that a content agrees with, sorted`() throws {
        let rules = try rules(
            """
            rule second_one { strings: $a = "FUNCTION(" condition: $a }
            rule first_one { strings: $a = { 38 42 50 53 } condition: $a at 0 }
            rule never { strings: $a = "absent" condition: $a }
            """)
        let content = MemorySource(Array("8BPS and FUNCTION(".utf8))
        #expect(try rules.rules(matching: content) == ["first_one", "second_one"])
        #expect(try rules.rules(matching: MemorySource([])).isEmpty)
    }

    @Test(.enabled(if: isInstalled, "libyara is not installed"))
    func `rules that do not compile are refused with the line`() throws {
        let error = #expect(throws: EvidenceError.self) { _ = try rules("rule a { condition: }\n") }
        #expect(error?.message.contains("line 1") == true)
    }

    @Test(.enabled(if: isInstalled, "libyara is not installed"))
    func `rules do not include other files`() throws {
        #expect(throws: EvidenceError.self) { _ = try rules("include \"/etc/hostname\"\n") }
    }

    @Test(.enabled(if: isInstalled, "libyara is not installed"))
    func `a rule file that is not there is said to be missing`() {
        let error = #expect(throws: EvidenceError.self) { _ = try YARARules(path: "/nonexistent/rules.yar") }
        #expect(error?.code.name == "not-there")
    }

    @Test func `the digest of evidence in memory is that of the library`() {
        for length in [0, 1, 55, 56, 63, 64, 65, 1_000] {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let expected = Crypto.SHA256.hash(data: bytes).map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
            #expect(TestSupport.SHA256.digits(of: bytes) == expected)
        }
    }
}
