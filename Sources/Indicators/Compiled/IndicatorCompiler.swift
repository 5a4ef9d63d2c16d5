/// Makes the memory of a set from what a builder has collected.
///
/// The order of the indicators, the digest and all answers depend on the indicators alone, and not on the order in which
/// they were added. An indicator that was added twice in every respect is there once.
struct IndicatorCompiler {
    typealias Layout = CompiledLayout

    static func compile(_ builder: consuming IndicatorSet.Builder) -> CompiledIndicators {
        var builder = builder
        builder.sortEntries()
        let digest = builder.digest()
        var keys = KeyCollection(seed: digest.high, values: builder.values, count: builder.entries.count)
        builder.values = []
        for number in builder.entries.indices {
            keys.add(builder.entries[number], UInt32(number))
        }
        let tallies = IndicatorCompiler.tallies(builder)
        keys.finish(builder.entries, builder.publications)
        return write(&builder, digest, &keys, tallies)
    }

    /// Their numbers, sorted by kind, family and source.
    private static func tallies(_ builder: borrowing IndicatorSet.Builder) -> [Layout.Tally] {
        struct Group: Hashable {
            let kind: UInt8
            let family: UInt32
            let source: UInt32
        }
        var counts: [Group: UInt32] = [:]
        var last: (kind: UInt8, publication: UInt32, count: UInt32) = (0, .max, 0)
        func flush() {
            guard last.count > 0, Int(last.publication) < builder.publications.count else { return }
            let publication = builder.publications[Int(last.publication)]
            let group = Group(kind: last.kind, family: publication.family, source: publication.source)
            counts[group, default: 0] += last.count
        }
        for entry in builder.entries {
            if entry.kind != last.kind || entry.publication != last.publication {
                flush()
                last = (entry.kind, entry.publication, 0)
            }
            last.count += 1
        }
        flush()
        let texts = builder.texts
        return counts.map {
            Layout.Tally(kind: UInt32($0.key.kind), family: $0.key.family, source: $0.key.source, count: $0.value)
        }
        .sorted { left, right in
            if left.kind != right.kind { return left.kind < right.kind }
            if left.family != right.family { return texts.precedes(left.family, right.family) }
            return texts.precedes(left.source, right.source)
        }
    }

    // MARK: - Memory

    private static func write(
        _ builder: inout IndicatorSet.Builder, _ digest: (high: UInt64, low: UInt64), _ keys: inout KeyCollection,
        _ tallies: [Layout.Tally]
    ) -> CompiledIndicators {
        var (sieve, filter, slots) = keys.lookup()
        var extents: [Layout.Extent] = []
        var length = CompiledSections.headerLength
        func place(_ count: Int, _ section: Layout.Section) {
            let bytes = count * CompiledSections.stride(section)
            extents.append(Layout.Extent(start: UInt64(length), length: UInt64(bytes)))
            length = CompiledSections.rounded(length + bytes)
        }
        extents.append(Layout.Extent(start: 0, length: UInt64(CompiledSections.headerLength)))
        place(sieve.count, .sieve)
        place(filter.count, .filter)
        place(slots.count, .slots)
        place(keys.keys.count, .keys)
        place(keys.postings.count, .postings)
        place(builder.entries.count, .entries)
        place(keys.values.count, .values)
        place(builder.publications.count, .publications)
        place(builder.texts.ends.count, .textEnds)
        place(builder.texts.bytes.count, .texts)
        place(tallies.count, .tallies)

        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: length, alignment: CompiledIndicators.alignment)
        // What lies between the sections is written to a file as well.
        for index in extents.indices {
            let end = Int(extents[index].start + extents[index].length)
            let next = index + 1 < extents.count ? Int(extents[index + 1].start) : length
            UnsafeMutableRawBufferPointer(rebasing: memory[end..<next]).initializeMemory(as: UInt8.self, repeating: 0)
        }
        func copy<Record: BitwiseCopyable>(_ records: [Record], _ section: Layout.Section) {
            let extent = extents[section.rawValue]
            let part = UnsafeMutableRawBufferPointer(
                rebasing: memory[Int(extent.start)..<Int(extent.start + extent.length)])
            records.withUnsafeBytes { part.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.prefix(part.count))) }
        }
        memory.prefix(CompiledSections.headerLength).initialize()
        // What was copied is given back at once: the memory of the whole is not needed twice.
        copy(sieve, .sieve)
        sieve = []
        copy(filter, .filter)
        filter = []
        copy(slots, .slots)
        slots = []
        copy(keys.keys, .keys)
        keys.release(.keys)
        copy(keys.postings, .postings)
        keys.release(.postings)
        copy(builder.entries, .entries)
        builder.entries = []
        copy(keys.values, .values)
        keys.release(.values)
        copy(builder.publications, .publications)
        copy(builder.texts.ends, .textEnds)
        copy(builder.texts.bytes, .texts)
        copy(tallies, .tallies)

        var header = Layout.Header(
            magic: CompiledIndicators.magic, version: CompiledIndicators.version, order: CompiledIndicators.order,
            length: UInt64(length), checksum: 0, digestHigh: digest.high, digestLow: digest.low,
            tables: keys.tables)
        memory.storeBytes(of: header, as: Layout.Header.self)
        for (index, extent) in extents.enumerated() {
            let offset = MemoryLayout<Layout.Header>.stride + index * MemoryLayout<Layout.Extent>.stride
            memory.storeBytes(of: extent, toByteOffset: offset, as: Layout.Extent.self)
        }
        header.checksum = Checksum.of(UnsafeRawBufferPointer(memory), from: Layout.Header.checkedFrom)
        memory.storeBytes(of: header, as: Layout.Header.self)
        guard
            let compiled = CompiledIndicators(UnsafeRawBufferPointer(memory), .allocated, isTrusted: true)
        else { preconditionFailure("the memory was laid out above") }
        return compiled
    }
}

extension Slice<UnsafeMutableRawBufferPointer> {
    fileprivate func initialize() {
        UnsafeMutableRawBufferPointer(rebasing: self).initializeMemory(as: UInt8.self, repeating: 0)
    }
}
