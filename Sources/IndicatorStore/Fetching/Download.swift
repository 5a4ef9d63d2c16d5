import Crypto
import Foundation
import Primitives

/// What is asked of a server.
struct DownloadRequest {
    let address: WebAddress
    /// What it is, for sentences: "the index".
    let thing: String
    var accept = "*/*"
    /// The `ETag` and `Last-Modified` of the content that is there already.
    var entityTag: String?
    var lastModified: String?
    /// `Basic …` or `Bearer …`; never shown to another server.
    var authorization: String?
}

/// What a server gave.
struct Download {
    /// Whether the server says that nothing is new.
    let isUnchanged: Bool
    /// SHA-256 of the content in lower-case hexadecimal digits.
    let digest: String
    /// The number of bytes.
    let size: Int
    /// Header fields by their names in lower case.
    let headers: [String: String]
}

/// Where the content of one answer goes while it comes in; counted, hashed and bounded as it comes.
struct Transfer: Sendable {
    let path: String
    let thing: String
    let isEncrypted: Bool
    let limit: Int
    /// The port of the server that is asked now.
    var port: Int
    var descriptor: Int32 = -1
    var size = 0
    var hash = SHA256()
    var status = 0
    var headers: [String: String] = [:]
    var redirections = 0
    var failure: StoreError?
    let started = ContinuousClock.now
    var heard = ContinuousClock.now

    init(path: String, thing: String, isEncrypted: Bool, limit: Int, port: Int) {
        self.path = path
        self.thing = thing
        self.isEncrypted = isEncrypted
        self.limit = limit
        self.port = port
    }

    /// Looks at the head of an answer; false if the rest is not wanted.
    mutating func begin(status: Int, headers: [String: String], announced: Int64) -> Bool {
        self.status = status
        self.headers = headers
        heard = .now
        guard failure == nil else { return false }
        if status == 304 { return true }
        guard status == 200 else {
            failure = StoreError(.unavailable, "the server answered \(status) for \(thing)\(Transfer.words(status))")
            return false
        }
        if announced > Int64(limit) {
            failure = tooLarge
            return false
        }
        do throws(StoreError) {
            descriptor = try DurableFile.open(creating: path)
        } catch {
            failure = error
            return false
        }
        return true
    }

    /// Takes some bytes; false if no more are wanted.
    mutating func take(_ data: Data) -> Bool {
        guard failure == nil, status == 200 else { return false }
        heard = .now
        guard data.count <= limit - size else {
            failure = tooLarge
            return false
        }
        size += data.count
        hash.update(data: data)
        do throws(StoreError) {
            try DurableFile.write(data, to: descriptor, path)
        } catch {
            failure = error
            return false
        }
        return true
    }

    private var tooLarge: StoreError {
        StoreError(.unavailable, "\(thing) is larger than the \(limit) bytes that are allowed for it")
    }

    /// Why a server that takes so long is left, if it is.
    func impatience(_ limits: DownloadLimits) -> StoreError? {
        if ContinuousClock.now - started > .seconds(limits.seconds) {
            return StoreError(.unavailable, "the server took too long for \(thing)")
        }
        if ContinuousClock.now - heard > .seconds(limits.silentSeconds) {
            return StoreError(.unavailable, "the server said nothing for too long when asked for \(thing)")
        }
        return nil
    }

    /// Ends the transfer: what came of it.
    mutating func end(_ error: (any Error)?) -> Result<Download, StoreError> {
        defer { if descriptor >= 0 { close(descriptor) } }
        let announced = headers["content-encoding"] == nil ? headers["content-length"].flatMap { Int($0) } : nil
        // The network's own words for that differ from system to system.
        if failure == nil, status == 200, headers["content-length"].map({ Int($0) == nil }) == true {
            failure = StoreError(.unavailable, "the server announces a length of \(thing) that is none")
        }
        if failure == nil, status == 200, let announced, announced != size {
            failure = StoreError(.unavailable, "\(thing) ended after \(size) of \(announced) bytes")
        }
        if failure == nil, let error { failure = Transfer.words(error, thing) }
        if failure == nil, status == 0 { failure = StoreError(.unavailable, "the server did not answer for \(thing)") }
        if failure == nil, descriptor >= 0 {
            do throws(StoreError) { try DurableFile.synchronize(descriptor, path) } catch { failure = error }
        }
        if let failure {
            unlink(path)
            return .failure(failure)
        }
        return .success(
            Download(
                isUnchanged: status == 304, digest: hash.finalize().hexadecimal, size: size, headers: headers))
    }

    /// Words for an error of the network; its own may quote what a server said.
    private static func words(_ error: any Error, _ thing: String) -> StoreError {
        let words =
            switch (error as NSError).code {
            case NSURLErrorTimedOut: "the server took too long for \(thing)"
            case NSURLErrorCannotFindHost, NSURLErrorDNSLookupFailed: "the server of \(thing) was not found"
            case NSURLErrorCannotConnectToHost: "the server of \(thing) could not be reached"
            case NSURLErrorNetworkConnectionLost: "the connection ended in the middle of \(thing)"
            case NSURLErrorNotConnectedToInternet: "there is no network"
            case NSURLErrorSecureConnectionFailed, NSURLErrorServerCertificateUntrusted,
                NSURLErrorServerCertificateHasBadDate, NSURLErrorServerCertificateHasUnknownRoot,
                NSURLErrorServerCertificateNotYetValid:
                "no trusted connection to the server of \(thing) could be made"
            case NSURLErrorBadServerResponse, NSURLErrorCannotParseResponse, NSURLErrorUnsupportedURL:
                "the server's answer for \(thing) can't be used"
            case NSURLErrorCancelled: "\(thing) was not read to its end"
            default: "\(thing) could not be fetched (network error \((error as NSError).code))"
            }
        return StoreError(.unavailable, words)
    }

    private static func words(_ status: Int) -> String {
        switch status {
        case 401, 403: ": access is refused. Name the variables of its password or token in the configuration"
        case 404, 410: ": it is not there"
        case 407: ": the proxy asks for a password"
        case 429: ": too many requests; try again later"
        case 500...599: ": the server has trouble of its own; try again later"
        default: ""
        }
    }
}
