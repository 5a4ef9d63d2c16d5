import Foundation

/// A folder of the owner's for sorted pieces when no case is written; it goes when nobody holds it any more.
final class ScratchFolder: Sendable {
    let path: String

    init() throws(OutputError) {
        let start = FileManager.default.temporaryDirectory.path
        var template = Array((start + (start.hasSuffix("/") ? "" : "/") + "bridle-XXXXXX").utf8CString)
        guard template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } != nil }) else {
            throw OutputError(start, errno: errno)
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
