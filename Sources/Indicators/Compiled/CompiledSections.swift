/// The sections of a piece of memory that begins with a header of ours.
struct CompiledSections {
    typealias Layout = CompiledLayout

    let header: Layout.Header
    private let memory: UnsafeRawBufferPointer
    private var extents: [Layout.Extent] = []

    /// How many bytes the header and the extents take.
    static var headerLength: Int {
        let length =
            MemoryLayout<Layout.Header>.stride + Layout.Section.allCases.count * MemoryLayout<Layout.Extent>.stride
        return rounded(length)
    }

    /// The next multiple of the alignment.
    static func rounded(_ length: Int) -> Int {
        (length + CompiledIndicators.alignment - 1) / CompiledIndicators.alignment * CompiledIndicators.alignment
    }

    /// How many bytes a record of a section takes.
    static func stride(_ section: Layout.Section) -> Int {
        switch section {
        case .header, .values, .texts: 1
        case .sieve, .filter, .slots: MemoryLayout<UInt64>.stride
        case .postings, .textEnds: MemoryLayout<UInt32>.stride
        case .keys: MemoryLayout<Layout.Key>.stride
        case .entries: MemoryLayout<Layout.Entry>.stride
        case .publications: MemoryLayout<Layout.Publication>.stride
        case .tallies: MemoryLayout<Layout.Tally>.stride
        }
    }

    /// Compares magic, version, order and lengths; nothing is read before it is known to be there.
    init?(_ memory: UnsafeRawBufferPointer) {
        guard memory.count >= CompiledSections.headerLength else { return nil }
        header = memory.loadUnaligned(as: Layout.Header.self)
        self.memory = memory
        guard header.magic == CompiledIndicators.magic, header.version == CompiledIndicators.version,
            header.order == CompiledIndicators.order, header.length == UInt64(memory.count)
        else { return nil }
        for section in Layout.Section.allCases {
            let offset =
                MemoryLayout<Layout.Header>.stride + section.rawValue * MemoryLayout<Layout.Extent>.stride
            let extent = memory.loadUnaligned(fromByteOffset: offset, as: Layout.Extent.self)
            let (end, overflows) = extent.start.addingReportingOverflow(extent.length)
            guard !overflows, end <= UInt64(memory.count), extent.start % UInt64(CompiledIndicators.alignment) == 0,
                extent.length % UInt64(CompiledSections.stride(section)) == 0
            else { return nil }
            extents.append(extent)
        }
    }

    /// The records of a section.
    func records<Record: BitwiseCopyable>(_ section: Layout.Section) -> UnsafeBufferPointer<Record> {
        let extent = extents[section.rawValue]
        let part = UnsafeRawBufferPointer(rebasing: memory[Int(extent.start)..<Int(extent.start + extent.length)])
        return part.bindMemory(to: Record.self)
    }
}
