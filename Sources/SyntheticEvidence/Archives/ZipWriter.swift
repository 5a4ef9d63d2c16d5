import CZlib

/// Writes zip archives, stored or deflated, with the oddities that tests need.
public struct ZipWriter: Sendable {
    /// How a member is written.
    public struct Options: Sendable {
        /// Whether the content is packed.
        public var deflates = false
        /// Whether sizes and checksum stand behind the member and not before it.
        public var hasDescriptor = false
        /// Whether the member claims to be encrypted.
        public var isEncrypted = false
        /// The number of the method, if it is to be another than 0 or 8.
        public var method: UInt16?
        /// The size of the content, if another is to be written.
        public var claimedSize: Int?
        /// The Unix mode; that of a regular file as it is.
        public var mode: UInt16 = 0o100644

        /// A stored member without oddities.
        public init() {}

        /// A packed member without oddities.
        public static var deflated: Options {
            var options = Options()
            options.deflates = true
            return options
        }
    }

    /// The members so far.
    public private(set) var bytes: [UInt8]
    private var directory: [UInt8] = []
    private var count = 0
    private let usesLargeForm: Bool
    private let base: Int

    /// Begins an archive, behind bytes that do not belong to it. The large form is that of archives beyond 4 GB.
    public init(behind prefix: [UInt8] = [], usesLargeForm: Bool = false) {
        bytes = prefix
        base = prefix.count
        self.usesLargeForm = usesLargeForm
    }

    /// Adds a member.
    public mutating func add(_ name: String, _ content: [UInt8], _ options: Options = Options()) {
        add(bytes: Array(name.utf8), content, options)
    }

    /// Adds a member whose name need not be text.
    public mutating func add(bytes name: [UInt8], _ content: [UInt8], _ options: Options = Options()) {
        let stored = options.deflates ? ZipWriter.deflated(content) : content
        let method = options.method ?? (options.deflates ? 8 : 0)
        let checksum = UInt32(
            truncatingIfNeeded: content.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) })
        let size = options.claimedSize ?? content.count
        let flags: UInt16 = (options.isEncrypted ? 1 : 0) | (options.hasDescriptor ? 8 : 0)
        let offset = bytes.count - base
        let start = number(20, 2) + number(UInt64(flags), 2) + number(UInt64(method), 2) + number(0, 4)
        let hidden = options.hasDescriptor
        bytes += number(0x0403_4B50, 4) + start
        bytes += number(hidden ? 0 : UInt64(checksum), 4) + number(hidden ? 0 : UInt64(stored.count), 4)
        bytes += number(hidden ? 0 : UInt64(size), 4) + number(UInt64(name.count), 2) + number(0, 2) + name + stored
        if hidden {
            bytes += number(0x0807_4B50, 4) + number(UInt64(checksum), 4)
            bytes += number(UInt64(stored.count), 4) + number(UInt64(size), 4)
        }
        // Made by version 3.0 on Unix; in the large form, sizes and offset stand in an extra field.
        let full: UInt64 = 0xFFFF_FFFF
        let extra =
            usesLargeForm
            ? number(1, 2) + number(24, 2) + number(UInt64(size), 8) + number(UInt64(stored.count), 8)
                + number(UInt64(offset), 8) : []
        directory += number(0x0201_4B50, 4) + [30, 3] + start + number(UInt64(checksum), 4)
        directory += number(usesLargeForm ? full : UInt64(stored.count), 4)
        directory += number(usesLargeForm ? full : UInt64(size), 4)
        directory += number(UInt64(name.count), 2) + number(UInt64(extra.count), 2) + number(0, 2)
        directory += number(0, 2) + number(0, 2) + number(UInt64(options.mode) << 16, 4)
        directory += number(usesLargeForm ? full : UInt64(offset), 4) + name + extra
        count += 1
    }

    /// Adds the directory, and returns the archive.
    public mutating func finish(comment: [UInt8] = []) -> [UInt8] {
        let start = UInt64(bytes.count - base)
        bytes += directory
        if usesLargeForm {
            let record = UInt64(bytes.count - base)
            bytes +=
                number(0x0606_4B50, 4) + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 4) + number(0, 4)
            bytes += number(UInt64(count), 8) + number(UInt64(count), 8) + number(UInt64(directory.count), 8)
            bytes += number(start, 8) + number(0x0706_4B50, 4) + number(0, 4) + number(record, 8) + number(1, 4)
        }
        let entries = UInt64(usesLargeForm ? 0xFFFF : count & 0xFFFF)
        bytes += number(0x0605_4B50, 4) + number(0, 4) + number(entries, 2) + number(entries, 2)
        bytes += number(usesLargeForm ? 0xFFFF_FFFF : UInt64(directory.count), 4)
        bytes += number(usesLargeForm ? 0xFFFF_FFFF : start, 4) + number(UInt64(comment.count), 2) + comment
        return bytes
    }

    /// Bytes packed by DEFLATE, with nothing around them.
    public static func deflated(_ content: [UInt8]) -> [UInt8] { packed(content, windowBits: -15) }

    /// Bytes packed as gzip does.
    public static func gzipped(_ content: [UInt8]) -> [UInt8] { packed(content, windowBits: 31) }

    private static func packed(_ content: [UInt8], windowBits: Int32) -> [UInt8] {
        var stream = z_stream()
        guard bridle_deflateInit2(&stream, 6, windowBits) == Z_OK else { return [] }
        defer { deflateEnd(&stream) }
        var content = content
        return content.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            // 32 bytes more than the bound of zlib, for the header of gzip.
            let room = Int(deflateBound(&stream, UInt(input.count))) + 32
            return [UInt8](unsafeUninitializedCapacity: room) { output, filled in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                deflate(&stream, Z_FINISH)
                filled = output.count - Int(stream.avail_out)
            }
        }
    }

    private func number(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
}
