import Foundation
import Testing

@testable import IndicatorStore

/// The configuration file: what it may say, and how it complains.
struct ConfigurationTests {
    private func read(_ text: String) throws -> Configuration { try ConfigurationReader.read(Array(text.utf8)) }

    private func complaint(_ text: String) -> String? {
        do {
            _ = try ConfigurationReader.read(Array(text.utf8))
            return nil
        } catch {
            return (error.line.map { "\($0): " } ?? "") + error.words
        }
    }

    @Test func `a whole file is read`() throws {
        let configuration = try read(
            """
            data: ~/bridle
            cache: /var/cache/bridle
            proxy: socks5h://127.0.0.1:9050
            indicators:
              keep_generations: 3
              file_limit: 10 MB
              total_limit: 1 GB
              time_limit: 30
              trusted_keys: [RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3]
              sources:
                - name: mvt
                  kind: index
                  url: https://example.org/i.yaml
                  key: RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3
                - name: partner
                  kind: taxii
                  url: https://example.org/taxii2/
                  collections: [a, b]
                  user_environment: PARTNER_USER
                  password_environment: PARTNER_PASSWORD
                  enabled: false
            """)
        #expect(configuration.data == "~/bridle" && configuration.cache == "/var/cache/bridle")
        #expect(configuration.generations == 3 && configuration.limits.fileBytes == 10_000_000)
        #expect(configuration.limits.totalBytes == 1_000_000_000 && configuration.limits.seconds == 30)
        #expect(configuration.trustedKeys.map(\.name) == ["E7620F1842B4E81F"])
        #expect(configuration.sources.map(\.name) == ["mvt", "partner", "echap"])
        #expect(configuration.sources[0].address == "https://example.org/i.yaml" && !configuration.sources[0].isDefault)
        #expect(configuration.sources[1].collections == ["a", "b"] && !configuration.sources[1].isEnabled)
    }

    @Test(arguments: ["", "# nothing\n", "indicators:\n", "{}", "~"])
    func `nothing is the defaults`(text: String) throws {
        #expect(try read(text) == Configuration())
        #expect(try read("indicators: {default_sources: false}").sources.isEmpty)
    }

    @Test(arguments: [
        ("indicatrs: {}", "1: 'indicatrs' is no key of the configuration. Did you mean 'indicators'?"),
        ("indicators:\n  trusted_key: [x]", "2: 'trusted_key' is no key of indicators. Did you mean 'trusted_keys'?"),
        ("indicators: 5", "takes names with values, and a number is there"),
        ("- a", "takes names with values, and a list is there"),
        ("proxy: [a]", "'proxy' takes text, and a list is there"),
        ("data: bridle", "absolute path"),
        ("indicators:\n  keep_generations: 0", "from 1 to 1000"),
        ("indicators:\n  file_limit: much", "such as '256 MB'"),
        ("indicators:\n  file_limit: 99999999999 GB", "such as '256 MB'"),
        ("indicators:\n  trusted_keys: [abc]", "56 characters"),
        ("indicators:\n  sources: x", "takes a list"),
        ("indicators:\n  sources:\n  - name: a", "needs 'kind'"),
        ("indicators:\n  sources:\n  - {name: a, kind: indx, url: 'https://a.org'}", "Did you mean 'index'?"),
        ("indicators:\n  sources:\n  - {name: a, kind: file, url: 'http://a.org'}", "not encrypted"),
        ("indicators:\n  sources:\n  - {name: a, kind: file, url: 'file:///a'}", "neither https"),
        ("indicators:\n  sources:\n  - {name: a, kind: file, url: 'https://u:p@a.org'}", "user_environment"),
        (
            "indicators:\n  sources:\n  - {name: a, kind: file, url: 'https://a.org', password: x}",
            "password_environment: NAME"
        ),
        (
            "indicators:\n  sources:\n  - {name: a, kind: file, url: 'https://a.org', token_environment: 'x y'}",
            "not what it holds"
        ),
        (
            "indicators:\n  sources:\n  - {name: a, kind: file, url: 'https://a.org', user_environment: X}",
            "go together"
        ),
        ("indicators:\n  sources:\n  - {name: ../a, kind: file, url: 'https://a.org'}", "plain ASCII"),
        ("indicators:\n  sources:\n  - &a {name: a}\n  - *a", "anchor"),
        ("a: b\na: c", "twice"),
        ("proxy: a\n---\nproxy: b", "one document"),
        ("proxy: a\u{0}b", "zero byte"),
    ])
    func `what is wrong is said, with the line and what would be right`(text: String, words: String) throws {
        let complaint = try #require(self.complaint(text))
        #expect(complaint.contains(words), "\(complaint)")
    }

    @Test func `a secret that stands in the file is not repeated`() throws {
        let words = try #require(
            self.complaint("indicators:\n  sources:\n  - {name: a, kind: file, url: 'https://a.org', token: s3cret}"))
        #expect(!words.contains("s3cret"))
    }
}
