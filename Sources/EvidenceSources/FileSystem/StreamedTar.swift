import FileFormats
import Primitives
import Synchronization

/// A tar archive that can only be unpacked from its beginning: packed by xz, zstd or bzip2.
///
/// A first pass makes the list. The first file that is opened starts another pass, which also keeps every other file
/// that was asked for by then, as far as memory allows; what was not kept, and is opened later, starts a pass again,
/// which keeps the earlier ones, too.
final class StreamedTar: FileStore {
    let listing: ArchiveListing

    private let archive: FileSource
    private let memoryLimit: Int
    private let state = Mutex(State())

    private struct State {
        /// What was asked for at any time.
        var expected: Set<Int> = []
        var kept: [Int: [UInt8]] = [:]
        /// How often the archive was read behind the list.
        var passes = 0
    }

    /// What all kept files may take together, in bytes.
    static let usualMemoryLimit = 1 << 30

    init(_ archive: FileSource, memoryLimit: Int = usualMemoryLimit) throws(ParseError) {
        self.archive = archive
        self.memoryLimit = memoryLimit
        listing = TarIndex.listing(
            of: LimitedBytes(try Decompression(archive), unpackedFrom: archive.count),
            isKept: FileSystemImage.isNeededForOpening)
    }

    /// How often the archive was read behind the list.
    var passes: Int { state.withLock { $0.passes } }

    func expect(_ numbers: [Int]) {
        state.withLock { $0.expected.formUnion(numbers) }
    }

    func open(_ number: Int, path: ArraySlice<UInt8>) throws(ParseError) -> any ByteSource {
        if let kept = listing.kept[number] { return MemorySource(kept) }
        let member = listing.members[number]
        // Throws what keeps the member from being read, before anything is unpacked.
        let described = try member.contents(inTar: MemorySource([]))
        guard member.storedSize <= memoryLimit else {
            throw ParseError(
                .beyondLimit,
                "a file of at most \(memoryLimit) bytes, because an archive packed like this one is unpacked in "
                    + "memory; unpack the archive first")
        }
        let bytes = try state.withLock { (state) throws(ParseError) -> [UInt8] in
            if let kept = state.kept[number] { return kept }
            try pass(for: number, &state)
            guard let bytes = state.kept[number] else {
                throw ParseError(.truncated, "the file that the list of the archive has", at: member.offset)
            }
            return bytes
        }
        return PartSource(MemorySource(bytes), 0..<bytes.count, damage: described.damage)
    }

    /// Reads the archive once, and keeps the wanted file and as many of the expected ones as there is room for.
    private func pass(for number: Int, _ state: inout State) throws(ParseError) {
        state.expected.insert(number)
        var room = memoryLimit - listing.members[number].storedSize
        var chosen = [number]
        // Those behind the wanted one first: a walk through all files asks for them next.
        let expected = state.expected.sorted()
        let ordered = expected.filter { $0 > number } + expected.filter { $0 < number }
        for other in ordered where other != number && listing.members.indices.contains(other) {
            let size = listing.members[other].storedSize
            guard listing.members[other].packing == .stored, size <= room else { continue }
            room -= size
            chosen.append(other)
        }
        state.kept = [:]
        state.passes += 1
        // In the order of the archive. Links share the content of an earlier member, so two can begin at one place.
        chosen.sort { listing.members[$0].offset < listing.members[$1].offset }
        let unpacked = LimitedBytes(try Decompression(archive), unpackedFrom: archive.count)
        var last: (offset: Int, bytes: [UInt8])?
        for choice in chosen {
            let member = listing.members[choice]
            if let last, last.offset == member.offset {
                state.kept[choice] = last.bytes
                continue
            }
            var failure: ParseError?
            let bytes = [UInt8](unsafeUninitializedCapacity: member.storedSize) { buffer, filled in
                do throws(ParseError) {
                    filled = try unpacked.read(at: member.offset, into: UnsafeMutableRawBufferPointer(buffer))
                } catch {
                    failure = error
                }
            }
            if let failure {
                // What stands before the damage has been read.
                guard state.kept[number] == nil else { break }
                throw failure
            }
            state.kept[choice] = bytes
            last = (member.offset, bytes)
        }
    }
}
