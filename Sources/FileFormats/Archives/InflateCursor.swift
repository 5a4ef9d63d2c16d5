import CZlib
import Primitives

/// A position in bytes that DEFLATE packed, from which unpacking goes on.
///
/// Source: RFC 1951 and RFC 1952; zlib's manual, https://zlib.net/manual.html.
final class InflateCursor {
    /// What stands around the packed bytes.
    enum Form: Sendable {
        /// Nothing, as in zip archives.
        case bare
        /// A header and a checksum, as gzip writes them; several may follow each other.
        case gzip
    }

    /// How many bytes have been unpacked before this position.
    private(set) var output = 0
    /// Why nothing more can be unpacked, unless that is because the end was reached.
    private(set) var failure: ParseError?

    private let form: Form
    private let stream: UnsafeMutablePointer<z_stream>
    private var input: [UInt8] = []
    /// The next byte of ``input``.
    private var position = 0
    /// Behind the last byte of ``input``, in bytes from the start of the source.
    private var inputEnd: Int
    private var isFinished = false

    private static let inputSize = 64 << 10

    private init(form: Form, input: Int) {
        self.form = form
        inputEnd = input
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
    }

    /// Begins at the first packed byte.
    static func begin(_ form: Form, at offset: Int) throws(ParseError) -> InflateCursor {
        let cursor = InflateCursor(form: form, input: offset)
        // Negative: no header around the bytes. 16: the header is that of gzip. 15: windows of up to 32 KB.
        guard bridle_inflateInit2(cursor.stream, form == .bare ? -15 : 31) == Z_OK else {
            throw ParseError(.beyondLimit, "memory to unpack with")
        }
        return cursor
    }

    /// The same position once more; costs 40 KB.
    func copy() -> InflateCursor? {
        let copy = InflateCursor(form: form, input: nextInput)
        guard inflateCopy(copy.stream, stream) == Z_OK else { return nil }
        copy.output = output
        copy.failure = failure
        copy.isFinished = isFinished
        return copy
    }

    deinit {
        // Does nothing to a stream that was never begun.
        inflateEnd(stream)
        stream.deallocate()
    }

    /// The next packed byte, in bytes from the start of the source.
    var nextInput: Int { inputEnd - (input.count - position) }

    /// Unpacks into all of `buffer`; fewer bytes only at the end, or where ``failure`` says why.
    func unpack(into buffer: UnsafeMutableRawBufferPointer, from source: any ByteSource, end: Int) -> Int {
        guard let target = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
        var filled = 0
        while filled < buffer.count, !isFinished, failure == nil {
            do throws(ParseError) {
                if position == input.count { try refill(from: source, end: end, keeping: 0) }
            } catch {
                failure = error
                break
            }
            guard position < input.count else {
                failure = ParseError(.truncated, "the end of the packed bytes", at: nextInput)
                break
            }
            let code: Int32 = input.withUnsafeMutableBufferPointer { bytes in
                let room = UInt32(clamping: buffer.count - filled)
                stream.pointee.next_in = bytes.baseAddress.map { $0 + position }
                stream.pointee.avail_in = UInt32(clamping: bytes.count - position)
                stream.pointee.next_out = target + filled
                stream.pointee.avail_out = room
                let code = inflate(stream, Z_NO_FLUSH)
                position = bytes.count - Int(stream.pointee.avail_in)
                filled += Int(room - stream.pointee.avail_out)
                return code
            }
            switch code {
            case Z_OK: break
            // Neither side could move on; the next round brings new input or ends.
            case Z_BUF_ERROR where position == input.count: break
            case Z_STREAM_END: isFinished = !beginsNext(from: source, end: end)
            default: failure = ParseError(.malformed, "bytes packed by DEFLATE", at: nextInput)
            }
        }
        output += filled
        return filled
    }

    /// Whether another gzip header follows, which is then begun.
    private func beginsNext(from source: any ByteSource, end: Int) -> Bool {
        guard form == .gzip else { return false }
        do throws(ParseError) {
            if input.count - position < 2 { try refill(from: source, end: end, keeping: input.count - position) }
        } catch {
            failure = error
            return false
        }
        guard input.count - position >= 2, input[position] == 0x1F, input[position + 1] == 0x8B else { return false }
        return inflateReset(stream) == Z_OK
    }

    private func refill(from source: any ByteSource, end: Int, keeping count: Int) throws(ParseError) {
        let upper = min(end, inputEnd + InflateCursor.inputSize)
        let next = upper > inputEnd ? try source.bytes(in: inputEnd..<upper) : []
        input = count == 0 ? next : input.suffix(count) + next
        position = 0
        inputEnd += next.count
    }
}
