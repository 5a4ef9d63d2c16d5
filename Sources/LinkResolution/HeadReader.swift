import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks for one address through a proxy and reads the head of the answer, and nothing else.
///
/// Every request has a session of its own, so that nothing is carried from one to the next: no cookie, no referrer, no
/// password, no open connection. Redirections are never followed here.
struct HeadReader: Sendable {
    /// What came back.
    enum Answer: Sendable, Hashable {
        /// A status, and the address that it names if it is a redirection.
        case head(status: Int, location: String?)
        /// The proxy can't be reached, or asks for a password.
        case proxyFailed
        /// Nothing, or nothing that is an answer.
        case nothing
    }

    /// What every request calls itself. Neither the tool nor a browser: the first would tell who asks, and some services
    /// answer browsers with a page that redirects by script, and this with the address itself.
    static let agent = "curl/8.5.0"

    let proxy: WebProxy
    /// How long an answer may take, in seconds.
    let seconds: Double

    /// Asks, unless the environment does not make sure that it goes through the proxy.
    func read(_ address: String, method: String, isStopped: @escaping @Sendable () -> Bool) async -> Answer {
        guard proxy.isInForce, let url = URL(string: address) else { return .proxyFailed }
        let configuration = URLSessionConfiguration.ephemeral
        #if canImport(Darwin)
            guard let dictionary = proxy.dictionary else { return .proxyFailed }
            configuration.connectionProxyDictionary = dictionary
        #endif
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        configuration.urlCredentialStorage = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.timeoutIntervalForRequest = seconds
        configuration.timeoutIntervalForResource = seconds
        let waiting = WaitingHead()
        let session = URLSession(configuration: configuration, delegate: waiting, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        var request = URLRequest(url: url, timeoutInterval: seconds)
        request.httpMethod = method
        request.setValue(HeadReader.agent, forHTTPHeaderField: "User-Agent")
        request.setValue("*/*", forHTTPHeaderField: "Accept")
        request.setValue("en", forHTTPHeaderField: "Accept-Language")
        request.httpShouldHandleCookies = false
        let task = session.dataTask(with: request)
        // The library's own time limits come late or never on Linux.
        let deadline = ContinuousClock.now + .seconds(seconds)
        let watch = Task {
            while (try? await Task.sleep(for: .milliseconds(50))) != nil {
                if ContinuousClock.now > deadline || isStopped() { return waiting.end(.nothing) }
            }
        }
        defer { watch.cancel() }
        return await withCheckedContinuation { continuation in
            waiting.expect(continuation)
            task.resume()
        }
    }
}

/// Hears what comes in, and ends the waiting once.
private final class WaitingHead: NSObject, URLSessionDataDelegate, Sendable {
    private struct State: Sendable {
        var continuation: CheckedContinuation<HeadReader.Answer, Never>?
        var answer: HeadReader.Answer?
    }
    private let state = Mutex(State())

    func expect(_ continuation: CheckedContinuation<HeadReader.Answer, Never>) {
        state.withLock { $0.continuation = continuation }
    }

    /// Ends the waiting; with nothing, the head that was heard is the answer.
    func end(_ answer: HeadReader.Answer?) {
        let ended = state.withLock { state in
            defer { state.continuation = nil }
            return (state.continuation, answer ?? state.answer ?? .nothing)
        }
        ended.0?.resume(returning: ended.1)
    }

    // A head is believed only when the transfer ends, or its first bytes come: what a proxy says of its own before the
    // encrypted connection stands is handed over here as well, and would pass for the word of the service.
    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        let head = response as? HTTPURLResponse
        let status = head?.statusCode ?? 0
        let location = (300..<400).contains(status) ? head?.value(forHTTPHeaderField: "Location") : nil
        state.withLock { $0.answer = status == 407 ? .proxyFailed : .head(status: status, location: location) }
        completionHandler(.allow)
        // The library would wait for a password.
        if status == 401 || status == 407 { end(nil) }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        end(nil)
        dataTask.cancel()
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let error else { return end(nil) }
        // Every connection is one to the proxy, so one that can't be made is the proxy's failure.
        switch (error as NSError).code {
        case NSURLErrorCannotConnectToHost, NSURLErrorCannotFindHost, NSURLErrorDNSLookupFailed: end(.proxyFailed)
        default: end(state.withLock { $0.answer } == .proxyFailed ? .proxyFailed : .nothing)
        }
    }
}
