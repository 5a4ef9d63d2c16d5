import AppleArtifacts
import ArtifactModel
import Foundation
import Primitives
public import TestSupport
public import Testing

extension Fixture: CustomTestStringConvertible {}

/// What holds for every fixture of every artefact.
struct EveryFixture {
    static func artifact(_ identifier: String) -> (any Artifact.Type)? {
        AppleArtifactsCatalog.artifacts.first { $0.card.identifier == identifier }
    }

    @Test(arguments: Fixture.all)
    func `is read as recorded`(fixture: Fixture) throws {
        let artifact = try #require(EveryFixture.artifact(fixture.artifact), "no artefact has this identifier")
        let found = try Transcript(of: artifact, in: fixture.evidence()).text
        guard let expected = try fixture.expected() else {
            try fixture.record(found)
            Issue.record("expected.jsonl was missing and is recorded now: read it, then run again")
            return
        }
        if found != expected, ProcessInfo.processInfo.environment["BRIDLE_RECORD"] == "1" {
            try fixture.record(found)
        }
        let (lines, wanted) = (found.split(separator: "\n"), expected.split(separator: "\n"))
        for (line, want) in zip(lines, wanted) where line != want {
            Issue.record("found \(line)\nwanted \(want)")
            return
        }
        #expect(lines.count == wanted.count)
    }

    @Test(arguments: Fixture.all)
    func `is read the same twice`(fixture: Fixture) throws {
        let artifact = try #require(EveryFixture.artifact(fixture.artifact))
        let evidence = try fixture.evidence()
        #expect(try Transcript(of: artifact, in: evidence).text == Transcript(of: artifact, in: evidence).text)
    }

    /// Every length with `make test-exhaustive`; some three hundred of each file otherwise.
    @Test(.timeLimit(.minutes(30)), arguments: Fixture.all)
    func `cut off anywhere is read without a trap`(fixture: Fixture) throws {
        try everyDamage(fixture) { bytes, visit in
            for length in stride(from: 0, to: bytes.count, by: EveryFixture.step(bytes.count, 300)) {
                try visit(Array(bytes.prefix(length)))
            }
        }
    }

    /// One flipped bit and one inverted byte, in every place or in some two hundred.
    @Test(.timeLimit(.minutes(30)), arguments: Fixture.all)
    func `with flipped bits is read without a trap`(fixture: Fixture) throws {
        try everyDamage(fixture) { bytes, visit in
            for index in stride(from: 0, to: bytes.count, by: EveryFixture.step(bytes.count, 200)) {
                for change in [UInt8(1) << (index % 8), 0xFF] {
                    var damaged = bytes
                    damaged[index] ^= change
                    try visit(damaged)
                }
            }
        }
    }

    /// The distance between two places, so that about `count` of a file are visited; odd, to fall on every offset of a
    /// page in turn. All of them with `BRIDLE_EXHAUSTIVE=1`.
    private static func step(_ size: Int, _ count: Int) -> Int {
        ProcessInfo.processInfo.environment["BRIDLE_EXHAUSTIVE"] == "1" ? 1 : size / count | 1
    }

    private func everyDamage(
        _ fixture: Fixture, _ change: ([UInt8], (_ damaged: [UInt8]) throws -> Void) throws -> Void
    ) throws {
        let artifact = try #require(EveryFixture.artifact(fixture.artifact))
        let evidence = try fixture.evidence()
        let whole = try Transcript(of: artifact, in: evidence)
        for path in evidence.device.keys.sorted() {
            try change(evidence.device[path] ?? []) { damaged in
                var hostile = evidence
                hostile.device[path] = damaged
                let found = try Transcript(of: artifact, in: hostile)
                // Damage may hide records and change them; it must not make them out of nothing without end.
                #expect(found.records <= whole.records * 4 + 1_000)
            }
        }
        for path in evidence.container.keys.sorted() {
            try change(evidence.container[path] ?? []) { damaged in
                var hostile = evidence
                hostile.container[path] = damaged
                _ = try Transcript(of: artifact, in: hostile)
            }
        }
    }
}
