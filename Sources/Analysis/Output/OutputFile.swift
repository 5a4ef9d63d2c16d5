public import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that is written from its beginning to its end, readable by its owner only.
///
/// The first failure is kept and everything after it is ignored, so that a reader in the middle of a table need not
/// know about disks: ``close()`` throws it.
public final class OutputFile {
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private static let capacity = 256 << 10
    /// What went wrong first.
    public private(set) var failure: OutputError?
    /// How many bytes were handed over so far.
    public private(set) var count = 0

    /// Creates a file that does not exist yet, or opens a device.
    public init(creating path: String) throws(OutputError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw OutputError(path, errno: errno) }
        buffer.reserveCapacity(OutputFile.capacity)
    }

    /// Appends text.
    public func append(_ text: borrowing TextBuffer) { append(text.bytes) }

    /// Appends bytes.
    public func append(_ bytes: [UInt8]) {
        count += bytes.count
        if buffer.count + bytes.count > OutputFile.capacity { flush() }
        if bytes.count >= OutputFile.capacity {
            bytes.withUnsafeBytes { write($0) }
        } else {
            buffer.append(contentsOf: bytes)
        }
    }

    /// Appends bytes that are only borrowed.
    public func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        count += bytes.count
        if buffer.count + bytes.count > OutputFile.capacity { flush() }
        buffer.append(contentsOf: bytes)
    }

    private func flush() {
        let full = buffer
        full.withUnsafeBytes { write($0) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func write(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while failure == nil, !rest.isEmpty, let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress {
            #if canImport(Glibc)
                let written = Glibc.write(descriptor, start, rest.count)
            #else
                let written = Darwin.write(descriptor, start, rest.count)
            #endif
            if written < 0 {
                if errno == EINTR { continue }
                failure = OutputError(path, errno: errno)
            } else {
                rest = rest.dropFirst(written)
            }
        }
    }

    /// Writes what is left and throws the first failure.
    public func close() throws(OutputError) {
        flush()
        if let failure { throw failure }
    }

    deinit {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #else
            _ = Darwin.close(descriptor)
        #endif
    }
}
