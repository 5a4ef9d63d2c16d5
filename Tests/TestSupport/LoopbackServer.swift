import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A small HTTP/1.1 server on this machine, with answers that a test writes: the right ones, and those that servers
/// should not give.
public final class LoopbackServer: Sendable {
    /// What somebody asked for.
    public struct Request: Sendable {
        /// The method: `GET`, and to a proxy also `CONNECT`.
        public let method: String
        /// The target as it was sent: `/index.yaml?next=2`; with a proxy, the whole address.
        public let target: String
        /// Header fields by their names in lower case.
        public let headers: [String: String]
    }

    /// What is answered.
    public enum Answer: Sendable {
        /// A whole answer. Without a `Content-Length` among the headers the right one is sent.
        case whole(Int, [String: String] = [:], [UInt8] = [])
        /// An answer that announces more bytes than it sends, and then ends.
        case cutOff([UInt8], announced: Int)
        /// Bytes without end and without an announced length.
        case endless
        /// Nothing at all for some seconds.
        case silent(Double)
        /// One byte every tenth of a second.
        case slow([UInt8])

        /// A whole answer of text.
        public static func text(_ text: String, _ headers: [String: String] = [:]) -> Answer {
            .whole(200, headers, Array(text.utf8))
        }
    }

    private let listening: Int32
    private let answer: @Sendable (Request) -> Answer
    private let heard = Mutex<[Request]>([])
    /// The port that it listens on.
    public let port: Int

    /// `http://127.0.0.1:PORT`
    public var address: String { "http://127.0.0.1:\(port)" }

    /// Everything that was asked for, in order.
    public var requests: [Request] { heard.withLock { $0 } }

    /// The targets of all requests, in order.
    public var targets: [String] { requests.map(\.target) }

    /// Begins to listen.
    public init(_ answer: @escaping @Sendable (Request) -> Answer) throws {
        signal(SIGPIPE, SIG_IGN)
        self.answer = answer
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard descriptor >= 0, isBound else { throw CocoaError(.fileNoSuchFile) }
        listening = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self, descriptor] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                guard let self else {
                    close(connection)
                    return
                }
                Thread.detachNewThread { self.serve(connection) }
            }
        }
    }

    deinit {
        shutdown(listening, Int32(SHUT_RDWR))
        close(listening)
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        guard let request = LoopbackServer.request(connection) else { return }
        heard.withLock { $0.append(request) }
        switch answer(request) {
        case .whole(let status, var headers, let body):
            if headers["Content-Length"] == nil, status != 304 { headers["Content-Length"] = "\(body.count)" }
            _ = LoopbackServer.send(LoopbackServer.head(status, headers) + body, to: connection)
        case .cutOff(let body, let announced):
            _ = LoopbackServer.send(
                LoopbackServer.head(200, ["Content-Length": "\(announced)"]) + body, to: connection)
        case .endless:
            _ = LoopbackServer.send(LoopbackServer.head(200, [:]), to: connection)
            let part = [UInt8](repeating: UInt8(ascii: " "), count: 64 << 10)
            while LoopbackServer.send(part, to: connection) {}
        case .silent(let seconds): Thread.sleep(forTimeInterval: seconds)
        case .slow(let body):
            _ = LoopbackServer.send(LoopbackServer.head(200, ["Content-Length": "\(body.count)"]), to: connection)
            for byte in body {
                guard LoopbackServer.send([byte], to: connection) else { return }
                Thread.sleep(forTimeInterval: 0.1)
            }
        }
    }

    private static func head(_ status: Int, _ headers: [String: String]) -> [UInt8] {
        var lines = ["HTTP/1.1 \(status) Scripted", "Connection: close"]
        lines += headers.keys.sorted().map { "\($0): \(headers[$0] ?? "")" }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    private static func request(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while bytes.count < 64 << 10, !bytes.suffix(4).elementsEqual(end) {
            var byte: UInt8 = 0
            guard read(connection, &byte, 1) == 1 else { return nil }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] =
                line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }
        return Request(method: String(words[0]), target: String(words[1]), headers: headers)
    }

    private static func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let length = bytes.withUnsafeBytes { memory in
                memory.baseAddress.map { write(connection, $0 + sent, memory.count - sent) } ?? -1
            }
            guard length > 0 else { return false }
            sent += length
        }
        return true
    }
}
