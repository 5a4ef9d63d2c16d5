import FileFormats
import Primitives

#if canImport(CArchive)
    import CArchive

    /// Bytes that xz, zstd or bzip2 packed, unpacked forwards by libarchive.
    ///
    /// libarchive unpacks only; the tar archive in it is read by ``TarIndex``, like every other. Belongs to one thread.
    final class Decompression: SequentialBytes {
        /// What libarchive reads from; it only borrows this.
        private final class Input {
            let source: FileSource
            var offset = 0
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)

            init(_ source: FileSource) { self.source = source }
            deinit { memory.deallocate() }
        }

        private let input: Input
        private let archive: OpaquePointer
        /// How far was unpacked.
        private var position = 0
        private(set) var end: Int?

        /// Begins to unpack; throws if the bytes are not packed in one of the three ways.
        init(_ source: FileSource) throws(ParseError) {
            guard let archive = archive_read_new() else { throw ParseError(.beyondLimit, "memory to unpack with") }
            self.archive = archive
            input = Input(source)
            archive_read_support_filter_bzip2(archive)
            archive_read_support_filter_xz(archive)
            archive_read_support_filter_zstd(archive)
            archive_read_support_format_raw(archive)
            let code = archive_read_open(
                archive, Unmanaged.passUnretained(input).toOpaque(), nil,
                { _, data, block in
                    guard let data, let block else { return -1 }
                    let input = Unmanaged<Input>.fromOpaque(data).takeUnretainedValue()
                    guard let count = try? input.source.read(at: input.offset, into: input.memory) else { return -1 }
                    input.offset += count
                    block.pointee = UnsafeRawPointer(input.memory.baseAddress)
                    return la_ssize_t(count)
                }, nil)
            var entry: OpaquePointer?
            guard code == ARCHIVE_OK, archive_read_next_header(archive, &entry) == ARCHIVE_OK else {
                throw ParseError(.malformed, "bytes that xz, zstd or bzip2 packed", at: 0)
            }
        }

        deinit { archive_read_free(archive) }

        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
            guard offset >= position else {
                throw ParseError(.unsupported, "positions in ascending order", at: offset)
            }
            if offset > position {
                let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
                defer { memory.deallocate() }
                while position < offset {
                    let wanted = min(memory.count, offset - position)
                    guard try next(into: UnsafeMutableRawBufferPointer(rebasing: memory[..<wanted])) == wanted else {
                        return 0
                    }
                }
            }
            return try next(into: buffer)
        }

        private func next(into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
            var filled = 0
            while filled < buffer.count, end == nil {
                let count = archive_read_data(archive, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
                if count == Int(ARCHIVE_RETRY) { continue }
                guard count >= 0 else {
                    end = position
                    throw ParseError(.malformed, "bytes that xz, zstd or bzip2 packed", at: position)
                }
                if count == 0 { end = position }
                filled += count
                position += count
            }
            return filled
        }
    }
#else
    /// Where libarchive's header is missing, archives of these kinds can't be read.
    final class Decompression: SequentialBytes {
        let end: Int? = 0

        init(_ source: FileSource) throws(ParseError) {
            throw ParseError(
                .unsupported,
                "an archive that is not packed, or packed by zip or gzip; extract this one first")
        }

        func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int { 0 }
    }
#endif
