/// What stands in a cache file behind the compiled set: what it was made from, and what loading had to say.
struct CacheAppendix {
    var inputs: [IndicatorSet.Cache.Input] = []
    /// The list of public suffixes by which values were refused.
    var suffixes = ""
    var problems: [IndicatorProblem] = []
    var extras: [String: [UInt8]] = [:]

    /// "BRIDLEAP"
    private static let magic: UInt64 = 0x5041_454C_4449_5242
    /// Magic, length and checksum.
    private static let headerLength = 24

    // MARK: - Writing

    /// The bytes of all of it.
    var bytes: [UInt8] {
        var writer = Writer()
        writer.add(UInt32(truncatingIfNeeded: inputs.count))
        for input in inputs {
            writer.add(input.name)
            writer.add(input.digest)
        }
        writer.add(suffixes)
        writer.add(UInt32(truncatingIfNeeded: problems.count))
        for problem in problems {
            writer.add(problem.kind.rawValue)
            writer.add(problem.source)
            writer.add(problem.identifier)
            writer.add(problem.reason)
        }
        writer.add(UInt32(truncatingIfNeeded: extras.count))
        for (name, content) in extras.sorted(by: { $0.key < $1.key }) {
            writer.add(name)
            writer.add(content)
        }
        let checksum = writer.bytes.withUnsafeBytes { Checksum.of($0, from: 0) }
        var header = Writer()
        for word in [CacheAppendix.magic, UInt64(writer.bytes.count), checksum] {
            header.add(UInt32(truncatingIfNeeded: word))
            header.add(UInt32(truncatingIfNeeded: word >> 32))
        }
        return header.bytes + writer.bytes
    }

    private struct Writer {
        var bytes: [UInt8] = []

        mutating func add(_ number: UInt32) {
            for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }

        mutating func add(_ content: [UInt8]) {
            add(UInt32(truncatingIfNeeded: content.count))
            bytes += content
        }

        mutating func add(_ text: String) { add(Array(text.utf8)) }
    }

    // MARK: - Reading

    init(
        inputs: [IndicatorSet.Cache.Input], suffixes: String, problems: [IndicatorProblem], extras: [String: [UInt8]]
    ) {
        (self.inputs, self.suffixes, self.problems, self.extras) = (inputs, suffixes, problems, extras)
    }

    /// Reads what stands in memory; problems and extras only if they are asked for. `nil` if it is not as it was written.
    init?(_ memory: UnsafeRawBufferPointer, isComplete: Bool) {
        guard memory.count >= CacheAppendix.headerLength else { return nil }
        func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        guard word(0) == CacheAppendix.magic, word(8) == UInt64(memory.count - CacheAppendix.headerLength) else {
            return nil
        }
        let content = UnsafeRawBufferPointer(rebasing: memory[CacheAppendix.headerLength...])
        guard Checksum.of(content, from: 0) == word(16) else { return nil }
        var reader = Reader(content: content)
        guard let inputCount = reader.count(), inputCount <= content.count / 8 else { return nil }
        for _ in 0..<inputCount {
            guard let name = reader.text(), let digest = reader.text() else { return nil }
            inputs.append(IndicatorSet.Cache.Input(name: name, digest: digest))
        }
        guard let suffixes = reader.text() else { return nil }
        self.suffixes = suffixes
        guard isComplete else { return }
        guard let problemCount = reader.count(), problemCount <= content.count / 16 else { return nil }
        for _ in 0..<problemCount {
            guard let kind = reader.text().flatMap({ IndicatorProblem.Kind(rawValue: $0) }), let source = reader.text(),
                let identifier = reader.text(), let reason = reader.text()
            else { return nil }
            problems.append(IndicatorProblem(source: source, identifier: identifier, kind: kind, reason: reason))
        }
        guard let extraCount = reader.count(), extraCount <= content.count / 8 else { return nil }
        for _ in 0..<extraCount {
            guard let name = reader.text(), let bytes = reader.bytes() else { return nil }
            extras[name] = Array(bytes)
        }
    }

    private struct Reader {
        let content: UnsafeRawBufferPointer
        var offset = 0

        mutating func count() -> Int? {
            guard content.count - offset >= 4 else { return nil }
            defer { offset += 4 }
            return Int(UInt32(littleEndian: content.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        }

        mutating func bytes() -> Slice<UnsafeRawBufferPointer>? {
            guard let count = count(), count <= content.count - offset else { return nil }
            defer { offset += count }
            return content[offset..<offset + count]
        }

        mutating func text() -> String? { bytes().map { String(decoding: $0, as: UTF8.self) } }
    }
}
