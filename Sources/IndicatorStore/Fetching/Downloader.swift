import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Fetches files over HTTP, one at a time, straight to the disk.
///
/// No cookies, no cache, no stored passwords. The proxy is that of the environment (`https_proxy`, `no_proxy`), which
/// the library underneath reads itself.
final class Downloader {
    private let limits: DownloadLimits
    private let session: URLSession
    private let answers = Answers()
    private var totalBytes = 0

    init(_ limits: DownloadLimits) {
        self.limits = limits
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.timeoutIntervalForRequest = limits.silentSeconds
        configuration.timeoutIntervalForResource = limits.seconds
        session = URLSession(configuration: configuration, delegate: answers, delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    /// Fetches a file into `path`; nothing is left there if it fails, or if nothing is new.
    func fetch(_ request: DownloadRequest, into path: String) async throws(StoreError) -> Download {
        let limit = min(limits.fileBytes, limits.totalBytes - totalBytes)
        guard limit > 0 else {
            throw StoreError(
                .unavailable, "this update has taken the \(limits.totalBytes) bytes that are allowed for all files")
        }
        var wanted = URLRequest(url: request.address.url, timeoutInterval: limits.silentSeconds)
        wanted.setValue(request.accept, forHTTPHeaderField: "Accept")
        wanted.setValue("bridle", forHTTPHeaderField: "User-Agent")
        if let tag = request.entityTag { wanted.setValue(tag, forHTTPHeaderField: "If-None-Match") }
        if let moment = request.lastModified { wanted.setValue(moment, forHTTPHeaderField: "If-Modified-Since") }
        if let text = request.authorization { wanted.setValue(text, forHTTPHeaderField: "Authorization") }
        let task = session.dataTask(with: wanted)
        let transfer = Transfer(
            path: path, thing: request.thing, isEncrypted: request.address.isEncrypted, limit: limit)
        // The library's own time limits come late or never on Linux.
        let (answers, limits) = (answers, limits)
        let watch = Task {
            while (try? await Task.sleep(for: .milliseconds(100))) != nil {
                guard answers.end(task.taskIdentifier, ifOver: limits) else { continue }
                return task.cancel()
            }
        }
        let result = await withCheckedContinuation { continuation in
            answers.expect(task.taskIdentifier, transfer, continuation)
            task.resume()
        }
        watch.cancel()
        let download = try result.get()
        totalBytes += download.size
        return download
    }
}

/// Hears what comes in, and keeps to the rules: the first answer that breaks one ends its transfer.
private final class Answers: NSObject, URLSessionDataDelegate, Sendable {
    private typealias Waiting = (
        transfer: Transfer, continuation: CheckedContinuation<Result<Download, StoreError>, Never>
    )
    private let waiting = Mutex<[Int: Waiting]>([:])

    func expect(
        _ task: Int, _ transfer: Transfer, _ continuation: CheckedContinuation<Result<Download, StoreError>, Never>
    ) {
        waiting.withLock { $0[task] = (transfer, continuation) }
    }

    /// Ends a transfer that takes too long; whether it did.
    func end(_ task: Int, ifOver limits: DownloadLimits) -> Bool {
        let over: Waiting? = waiting.withLock { waiting in
            guard let failure = waiting[task]?.transfer.impatience(limits) else { return nil }
            var over = waiting.removeValue(forKey: task)
            if over?.transfer.failure == nil { over?.transfer.failure = failure }
            return over
        }
        guard var over else { return false }
        over.continuation.resume(returning: over.transfer.end(nil))
        return true
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let answer = response as? HTTPURLResponse
        var headers: [String: String] = [:]
        for (name, value) in answer?.allHeaderFields ?? [:] {
            guard let name = name as? String, let value = value as? String, value.utf8.count <= 4_096 else { continue }
            headers[name.lowercased()] = value
        }
        let goesOn = waiting.withLock { waiting in
            waiting[dataTask.taskIdentifier]?.transfer.begin(
                status: answer?.statusCode ?? 0, headers: headers, announced: response.expectedContentLength) ?? false
        }
        completionHandler(goesOn ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let goesOn = waiting.withLock { $0[dataTask.taskIdentifier]?.transfer.take(data) ?? false }
        if !goesOn { dataTask.cancel() }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        var next = request
        let failure: StoreError? = waiting.withLock { waiting in
            guard var transfer = waiting[task.taskIdentifier]?.transfer else { return nil }
            transfer.redirections += 1
            transfer.failure = Answers.objection(to: &next, from: response.url, transfer)
            waiting[task.taskIdentifier]?.transfer = transfer
            return transfer.failure
        }
        completionHandler(failure == nil ? next : nil)
        if failure != nil { task.cancel() }
    }

    /// Why a redirection is not followed. What it may not be shown is taken off it.
    private static func objection(
        to request: inout URLRequest, from origin: URL?, _ transfer: Transfer
    ) -> StoreError? {
        guard transfer.redirections <= 5 else {
            return StoreError(.unavailable, "the server sends from one address to the next for \(transfer.thing)")
        }
        do throws(StoreError) {
            let target = try WebAddress(request.url?.absoluteString ?? "", of: "where \(transfer.thing) is now")
            guard target.isEncrypted || !transfer.isEncrypted else {
                return StoreError(
                    .unavailable, "the server sends to an address that is not encrypted for \(transfer.thing)")
            }
            let isSame =
                (try? WebAddress(origin?.absoluteString ?? "", of: "it"))?.hasServer(of: target) ?? false
            if !isSame { request.setValue(nil, forHTTPHeaderField: "Authorization") }
            return nil
        } catch {
            return StoreError(
                .unavailable, "the server sends to an address that is not followed for \(transfer.thing)")
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let (transfer, continuation) = waiting.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else {
            return
        }
        var ended = transfer
        continuation.resume(returning: ended.end(error))
    }
}
