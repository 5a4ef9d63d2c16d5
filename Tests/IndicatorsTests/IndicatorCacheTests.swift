import ArtifactModel
import Foundation
import Indicators
import Primitives
import Testing

@Suite struct `A cache of compiled indicators` {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bridle-\(UUID().uuidString)")
    private var cache: IndicatorSet.Cache { IndicatorSet.Cache(folder: folder.path) }
    private let inputs = [
        IndicatorSet.Cache.Input(name: "b.stix2", digest: "2"), IndicatorSet.Cache.Input(name: "a.stix2", digest: "1"),
    ]
    private let problems = [
        IndicatorProblem(source: "a.stix2", identifier: "indicator--1", kind: .refusedValue, reason: "Too broad."),
        IndicatorProblem(source: "b.stix2", identifier: "", kind: .damagedFile, reason: "Cut off."),
    ]

    private static let all =
        MatchingCase.all.map(\.indicator) + [
            Indicator(
                .domainName, "full.test", family: "F", source: "s", reference: "https://ref.test", note: "full.test",
                identifier: "indicator--0a1b2c3d-0000-4000-8000-0123456789ab",
                validFrom: Timestamp(unixSeconds: Int64(5)),
                validUntil: Timestamp(unixSeconds: Int64(9)), isRevoked: true, confidence: 80, publisher: "P",
                marking: "TLP:AMBER", licence: "CC0"),
            Indicator(.processName, "n1", source: "s", note: "note", identifier: "x", confidence: 0),
        ]

    private func file() throws -> URL {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return folder.appendingPathComponent(try #require(names.first))
    }

    private func store(_ set: IndicatorSet) throws {
        try cache.store(
            IndicatorSet.Cache.Content(set: set, problems: problems, extras: ["patterns": [1, 2, 0], "": []]),
            for: inputs)
    }

    @Test func `gives back what was stored, for the inputs in any order`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let set = IndicatorSet(Self.all)
        try store(set)
        let content = try #require(cache.content(for: inputs.reversed()))
        #expect(Array(content.set.indicators) == Array(set.indicators))
        #expect(content.set.indicators.contains(Self.all[Self.all.count - 2]))
        #expect(content.set.indicators.contains(Self.all[Self.all.count - 1]))
        #expect(content.set.digest == set.digest)
        #expect(content.set.tallies == set.tallies)
        #expect(content.problems == problems)
        #expect(content.extras == ["patterns": [1, 2, 0], "": []])
        for row in MatchingCase.all {
            #expect(content.set.matches(row.text, as: row.kind) == set.matches(row.text, as: row.kind))
        }
        #expect(cache.content(for: [inputs[0]]) == nil)
        #expect(cache.content(for: [inputs[0], IndicatorSet.Cache.Input(name: "a.stix2", digest: "9")]) == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: file().path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a file that is damaged anywhere is as good as absent`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try store(IndicatorSet(Self.all))
        let path = try file()
        let good = [UInt8](try Data(contentsOf: path))
        #expect(cache.content(for: inputs) != nil)
        for offset in stride(from: 0, to: good.count, by: 61) {
            var bad = good
            bad[offset] ^= 0x41
            try Data(bad).write(to: path)
            #expect(cache.content(for: inputs) == nil, "byte \(offset)")
        }
        for count in stride(from: 0, to: good.count, by: 997) {
            try Data(good.prefix(count)).write(to: path)
            #expect(cache.content(for: inputs) == nil, "cut at \(count)")
        }
        try Data(good + [0]).write(to: path)
        #expect(cache.content(for: inputs) == nil)
    }

    /// Whoever writes the file can make the checksum agree; wrong numbers must not lead out of the memory all the same.
    @Test func `a file with wrong numbers and the right checksum is refused, or answers every question`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let set = IndicatorSet(Self.all)
        try store(set)
        let path = try file()
        let good = [UInt8](try Data(contentsOf: path))
        var refused = 0
        var state: UInt64 = 99
        for _ in 0..<400 {
            var bad = good
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let length = Int(bad.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 16, as: UInt64.self) })
            // Half of them hit the table of sections, where one number moves everything.
            let offset = state & 1 == 0 ? 32 + Int(state >> 33) % 232 : 64 + Int(state >> 33) % (length - 72)
            for index in 0..<(state & 2 == 0 ? 1 : 4) { bad[offset + index] = UInt8(truncatingIfNeeded: state >> 20) }
            IndicatorCacheForgery.sign(&bad, length)
            try Data(bad).write(to: path)
            guard let content = cache.content(for: inputs) else {
                refused += 1
                continue
            }
            for row in MatchingCase.all { _ = content.set.matches(row.text, as: row.kind).count }
            #expect(content.set.indicators.map(\.value).count == content.set.count)
            _ = content.set.tallies
        }
        #expect(refused > 50)
    }

    @Test func `others' files, links and folders are not read, and nothing is left when there is no room`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try store(IndicatorSet(Self.all))
        let path = try file()
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path.path)
        #expect(cache.content(for: inputs) == nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path.path)
        #expect(cache.content(for: inputs) != nil)
        let elsewhere = folder.appendingPathComponent("elsewhere")
        try FileManager.default.moveItem(at: path, to: elsewhere)
        try FileManager.default.createSymbolicLink(at: path, withDestinationURL: elsewhere)
        #expect(cache.content(for: inputs) == nil)
        let missing = IndicatorSet.Cache(folder: folder.path + "/a/b")
        #expect(throws: IndicatorSet.Cache.StorageError.self) {
            try missing.store(IndicatorSet.Cache.Content(set: IndicatorSet([])), for: inputs)
        }
        #if os(Linux)
            let full = IndicatorSet.Cache(folder: "/proc")
            #expect(throws: IndicatorSet.Cache.StorageError.self) {
                try full.store(IndicatorSet.Cache.Content(set: IndicatorSet([])), for: inputs)
            }
        #endif
    }

    @Test func `what an interrupted process left behind is removed, and what another writes is not`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try store(IndicatorSet(Self.all))
        let name = try file().lastPathComponent
        let living = "\(name).\(ProcessInfo.processInfo.processIdentifier)-0.new"
        for other in ["\(name).2147483646-3.new", living, "\(name).x-1.new", "other.2147483646-0.new"] {
            #expect(FileManager.default.createFile(atPath: folder.path + "/" + other, contents: Data([1])))
        }
        try store(IndicatorSet(Self.all))
        #expect(
            try Set(FileManager.default.contentsOfDirectory(atPath: folder.path)) == [
                name, living, "\(name).x-1.new", "other.2147483646-0.new",
            ])
    }

    @Test func `only the newest few are kept`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for number in 0..<8 {
            try cache.store(
                IndicatorSet.Cache.Content(set: IndicatorSet(Self.all.prefix(3))),
                for: [IndicatorSet.Cache.Input(name: "\(number)", digest: "")])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == IndicatorSet.Cache.kept)
        #expect(cache.content(for: [IndicatorSet.Cache.Input(name: "7", digest: "")])?.set.count == 1)
        #expect(cache.content(for: [IndicatorSet.Cache.Input(name: "0", digest: "")]) == nil)
    }
}

/// The checksum as the code makes it, for files that lie.
enum IndicatorCacheForgery {
    static func sign(_ bytes: inout [UInt8], _ length: Int) {
        let sum = bytes.withUnsafeBytes { checksum($0[32..<length]) }
        withUnsafeBytes(of: sum) { for (index, byte) in $0.enumerated() { bytes[24 + index] = byte } }
    }

    private static func checksum(_ part: Slice<UnsafeRawBufferPointer>) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(rebasing: part)
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        func absorb(_ hash: UInt64, _ word: UInt64) -> UInt64 {
            let product = (hash ^ word) &* factor
            return product ^ product >> 32
        }
        var lanes: [UInt64] = [1, 2, 3, 4]
        let shifts: [UInt64] = [29, 31, 29, 31]
        var offset = 0
        while offset + 32 <= bytes.count {
            for lane in 0..<4 {
                lanes[lane] =
                    (lanes[lane] ^ bytes.loadUnaligned(fromByteOffset: offset + 8 * lane, as: UInt64.self)) &* factor
                lanes[lane] ^= lanes[lane] >> shifts[lane]
            }
            offset += 32
        }
        var sum = absorb(absorb(lanes[0], lanes[1]), absorb(lanes[2], lanes[3]))
        while offset < bytes.count {
            sum = absorb(sum, UInt64(bytes[offset]))
            offset += 1
        }
        // The code counts the bytes in front as well.
        return absorb(sum, UInt64(bytes.count + 32))
    }
}
