import Foundation
import Synchronization

/// The address of a server, known only once it listens.
final class BaseAddress: Sendable {
    private let known = Mutex("")
    var text: String { known.withLock { $0 } }
    func set(_ text: String) { known.withLock { $0 = text } }
}

/// The time stamps of a feed's events, which change between two updates.
final class Stamps: Sendable {
    private let stamps: Mutex<[String: String]>
    private let changes = Mutex(0)

    init(_ stamps: [String: String]) { self.stamps = Mutex(stamps) }

    var count: Int { changes.withLock { $0 } }

    func set(_ event: String, _ stamp: String?) {
        changes.withLock { $0 += 1 }
        stamps.withLock { $0[event] = stamp }
    }

    var manifest: String {
        let events = stamps.withLock { $0 }
        return "{"
            + events.keys.sorted().map { "\"\($0)\":{\"timestamp\":\"\(events[$0] ?? "")\"}" }.joined(separator: ",")
            + "}"
    }
}
