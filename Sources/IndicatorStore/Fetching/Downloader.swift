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
    private var session: URLSession
    private let answers = Answers()
    private var totalBytes = 0

    init(_ limits: DownloadLimits) {
        self.limits = limits
        session = Downloader.session(limits, answers)
    }

    private static func session(_ limits: DownloadLimits, _ answers: Answers) -> URLSession {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.timeoutIntervalForRequest = limits.silentSeconds
        configuration.timeoutIntervalForResource = limits.seconds
        return URLSession(configuration: configuration, delegate: answers, delegateQueue: nil)
    }

    deinit { Downloader.end(session) }

    /// Ends a session and what still comes in, on a thread of its own.
    ///
    /// On Linux, to cancel waits for the library to have nothing else to do, see ``OpenConnections``.
    private static func end(_ session: URLSession) {
        Thread.detachNewThread { session.invalidateAndCancel() }
    }

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
            path: path, thing: request.thing, isEncrypted: request.address.isEncrypted, limit: limit,
            port: request.address.port)
        // The library's own time limits come late or never on Linux.
        let (answers, limits) = (answers, limits)
        let watch = Task {
            while (try? await Task.sleep(for: .milliseconds(100))) != nil {
                if answers.end(task, ifOver: limits) { return }
            }
        }
        let result = await withCheckedContinuation { continuation in
            answers.expect(task, transfer, continuation)
            task.resume()
        }
        watch.cancel()
        switch result {
        case .success(let download):
            totalBytes += download.size
            return download
        case .failure(let failure):
            // More may come in of what was broken off. What is fetched next has a session of its own.
            Downloader.end(session)
            session = Downloader.session(limits, answers)
            throw failure
        }
    }
}

/// Hears what comes in, and keeps to the rules: the first answer that breaks one ends its transfer, at once and for good;
/// what comes in afterwards is passed over.
private final class Answers: NSObject, URLSessionDataDelegate, Sendable {
    private typealias Waiting = (
        transfer: Transfer, continuation: CheckedContinuation<Result<Download, StoreError>, Never>
    )
    private let waiting = Mutex<[ObjectIdentifier: Waiting]>([:])

    func expect(
        _ task: URLSessionTask, _ transfer: Transfer,
        _ continuation: CheckedContinuation<Result<Download, StoreError>, Never>
    ) {
        waiting.withLock { $0[ObjectIdentifier(task)] = (transfer, continuation) }
    }

    /// Ends a transfer with what came of it; with `cuts`, what still comes in is not wanted.
    private func finish(_ task: URLSessionTask, _ error: (any Error)? = nil, cuts: Bool = true) {
        guard let (transfer, continuation) = waiting.withLock({ $0.removeValue(forKey: ObjectIdentifier(task)) }) else {
            return
        }
        if cuts { OpenConnections.end(toPort: transfer.port) }
        var ended = transfer
        continuation.resume(returning: ended.end(error))
    }

    /// Ends a transfer that takes too long; whether it did.
    func end(_ task: URLSessionTask, ifOver limits: DownloadLimits) -> Bool {
        let isOver = waiting.withLock { waiting in
            let key = ObjectIdentifier(task)
            guard let failure = waiting[key]?.transfer.impatience(limits) else { return false }
            if waiting[key]?.transfer.failure == nil { waiting[key]?.transfer.failure = failure }
            return true
        }
        if isOver { finish(task) }
        return isOver
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
            waiting[ObjectIdentifier(dataTask)]?.transfer.begin(
                status: answer?.statusCode ?? 0, headers: headers, announced: response.expectedContentLength) ?? false
        }
        if !goesOn { finish(dataTask) }
        completionHandler(goesOn ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let goesOn = waiting.withLock { $0[ObjectIdentifier(dataTask)]?.transfer.take(data) ?? true }
        if !goesOn { finish(dataTask) }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        var next = request
        let failure: StoreError? = waiting.withLock { waiting in
            let key = ObjectIdentifier(task)
            guard var transfer = waiting[key]?.transfer else { return nil }
            transfer.redirections += 1
            transfer.failure = Answers.objection(to: &next, from: response.url, &transfer)
            waiting[key]?.transfer = transfer
            return transfer.failure
        }
        if failure != nil { finish(task) }
        completionHandler(failure == nil ? next : nil)
    }

    /// Why a redirection is not followed. What it may not be shown is taken off it.
    private static func objection(
        to request: inout URLRequest, from origin: URL?, _ transfer: inout Transfer
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
            transfer.port = target.port
            if !isSame { request.setValue(nil, forHTTPHeaderField: "Authorization") }
            return nil
        } catch {
            return StoreError(
                .unavailable, "the server sends to an address that is not followed for \(transfer.thing)")
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        finish(task, error, cuts: false)
    }
}
