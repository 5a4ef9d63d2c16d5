import FileFormats
import Primitives
import SyntheticEvidence
import Testing

struct ZipDirectoryTests {
    static let text = Array(String(repeating: "All that glitters. ", count: 500).utf8)

    static func contents(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
        let listing = try ZipDirectory.listing(of: MemorySource(bytes))
        var contents: [String: [UInt8]] = [:]
        for (index, name) in TarIndexTests.names(listing).enumerated() {
            let member = listing.members[listing.paths.number(at: index)]
            contents[name] = try member.contents(inZip: MemorySource(bytes)).bytes()
        }
        return contents
    }

    static func archive(_ options: ZipWriter.Options, isLarge: Bool = false, comment: [UInt8] = []) -> [UInt8] {
        var writer = ZipWriter(usesLargeForm: isLarge)
        writer.add("folder/", [])
        writer.add("folder/text", text, options)
        writer.add("empty", [], options)
        writer.add("abc", Array("abc".utf8), options)
        return writer.finish(comment: comment)
    }

    static var withDescriptor: ZipWriter.Options {
        var options = ZipWriter.Options.deflated
        options.hasDescriptor = true
        return options
    }

    static let expected = ["folder/text": text, "empty": [], "abc": Array("abc".utf8)]

    @Test func `stored and deflated members read the same, in the small and the large form`() throws {
        for options in [ZipWriter.Options(), .deflated, Self.withDescriptor] {
            for isLarge in [false, true] {
                let comment = isLarge ? Array("PK\u{5}\u{6} in a comment, which is no end of an archive".utf8) : []
                let bytes = Self.archive(options, isLarge: isLarge, comment: comment)
                #expect(try Self.contents(bytes) == Self.expected)
                #expect(try ZipDirectory.listing(of: MemorySource(bytes)).damage.isEmpty)
            }
        }
    }

    @Test func `bytes before the archive shift it`() throws {
        for isLarge in [false, true] {
            var writer = ZipWriter(behind: Array("#!/bin/sh\n".utf8), usesLargeForm: isLarge)
            writer.add("abc", Array("abc".utf8))
            #expect(try Self.contents(writer.finish()) == ["abc": Array("abc".utf8)])
        }
    }

    @Test func `without a directory the members are found one by one`() throws {
        for options in [ZipWriter.Options(), .deflated, Self.withDescriptor] {
            let whole = Self.archive(options)
            let end = try #require(whole.indices.first { whole[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
            let cut = Array(whole[..<(end + 5)])
            let listing = try ZipDirectory.listing(of: MemorySource(cut))
            #expect(listing.damage.map(\.kind) == [.truncated])
            #expect(try Self.contents(cut) == Self.expected)
        }
    }

    @Test func `cut in the middle of a member, what there is of it is read with a note`() throws {
        let whole = Self.archive(.deflated)
        // The packed content lies between byte 78 and byte 141.
        let cut = Array(whole[..<110])
        let listing = try ZipDirectory.listing(of: MemorySource(cut))
        let member = try #require(listing.members.first)
        #expect(member.isCut)
        let source = try member.contents(inZip: MemorySource(cut))
        #expect(source.damage.map(\.kind) == [.truncated])
        let content = try source.bytes()
        #expect(!content.isEmpty && Self.text.starts(with: content))
    }

    @Test func `cut anywhere, nothing breaks`() throws {
        for options in [ZipWriter.Options(), .deflated, Self.withDescriptor] {
            let whole = Self.archive(options)
            for end in stride(from: 0, to: whole.count, by: options.deflates ? 1 : 37) {
                let cut = Array(whole[..<end])
                let listing = try ZipDirectory.listing(of: MemorySource(cut))
                #expect(!listing.damage.isEmpty, "\(end)")
                for member in listing.members { _ = try? member.contents(inZip: MemorySource(cut)).bytes() }
            }
        }
    }

    @Test func `any byte may be wrong`() throws {
        for isLarge in [false, true] {
            let whole = Self.archive(.deflated, isLarge: isLarge)
            for index in whole.indices {
                for mask in [0xFF, 0x80, 0x01] as [UInt8] {
                    var damaged = whole
                    damaged[index] ^= mask
                    let listing = try ZipDirectory.listing(of: MemorySource(damaged))
                    for member in listing.members {
                        _ = try? member.contents(inZip: MemorySource(damaged)).bytes(limit: 1 << 20)
                    }
                }
            }
        }
    }

    @Test func `content that disagrees with its checksum is read with a note`() throws {
        var writer = ZipWriter()
        var options = ZipWriter.Options.deflated
        options.claimedSize = 5
        writer.add("longer", Array("abcdef".utf8), options)
        options.claimedSize = 7
        writer.add("shorter", Array("abcdef".utf8), options)
        let packed = writer.bytes.count + 30 + 5
        writer.add("wrong", Array("abcdef".utf8), .deflated)
        var bytes = writer.finish()
        // The second byte of the packed content belongs to the letter `a`.
        bytes[packed + 1] ^= 1
        let listing = try ZipDirectory.listing(of: MemorySource(bytes))
        let sources = try listing.members.map { try $0.contents(inZip: MemorySource(bytes)) }
        #expect(sources.map(\.count) == [5, 6, 6])
        #expect(sources.map { $0.damage.map(\.kind) } == [[.malformed], [.truncated], [.malformed]])
    }

    @Test func `what can't be read says why`() throws {
        var encrypted = ZipWriter.Options()
        encrypted.isEncrypted = true
        var other = ZipWriter.Options()
        other.method = 12
        var bomb = ZipWriter.Options.deflated
        bomb.claimedSize = 1 << 30
        var link = ZipWriter.Options()
        link.mode = 0o120755
        var writer = ZipWriter()
        writer.add("encrypted", [1], encrypted)
        writer.add("other", [1], other)
        writer.add("bomb", [1], bomb)
        writer.add("link", Array("/etc/passwd".utf8), link)
        writer.add("../outside", [1])
        writer.add("same", [1])
        writer.add("same", [2])
        let bytes = writer.finish()
        let listing = try ZipDirectory.listing(of: MemorySource(bytes))
        #expect(TarIndexTests.names(listing) == ["bomb", "encrypted", "other", "same"])
        #expect((listing.outside, listing.duplicates) == (1, 1))
        var kinds: [ParseError.Kind] = []
        for member in listing.members.prefix(3) {
            do {
                _ = try member.contents(inZip: MemorySource(bytes))
            } catch {
                kinds.append(error.kind)
            }
        }
        #expect(kinds == [.locked, .unsupported, .beyondLimit])
    }
}
