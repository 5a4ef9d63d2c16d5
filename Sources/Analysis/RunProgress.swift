import Primitives
import Synchronization

/// Where a run stands, for whoever shows it; and the way to stop it.
///
/// Counters only: nothing waits for them, and nothing of the output depends on them.
public final class RunProgress: Sendable {
    private let total = Atomic<Int>(0)
    private let read = Atomic<Int>(0)
    private let count = Atomic<Int>(0)
    private let stopped = Atomic<Bool>(false)
    private let name = Mutex<String>("")

    /// A run that has not begun.
    public init() {}

    /// The number of bytes that the files to be read have.
    public var totalBytes: Int { total.load(ordering: .relaxed) }
    /// The number of bytes read so far; a file that is read twice counts twice, at most up to its size.
    public var readBytes: Int { read.load(ordering: .relaxed) }
    /// The number of records so far.
    public var records: Int { count.load(ordering: .relaxed) }
    /// What is being read.
    public var current: String { name.withLock { $0 } }

    /// Asks the run to stop at the next opportunity.
    public func stop() { stopped.store(true, ordering: .relaxed) }
    /// Whether the run was asked to stop.
    public var isStopped: Bool { stopped.load(ordering: .relaxed) }

    /// A file full of holes can call itself larger than any disk; 2^48 bytes of each are counted, so that no sum of
    /// them overflows.
    func expect(_ bytes: Int) { total.wrappingAdd(min(bytes, 1 << 48), ordering: .relaxed) }
    func add(bytes: Int) { read.add(bytes, ordering: .relaxed) }
    func add(records: Int) { count.add(records, ordering: .relaxed) }
    func begin(_ title: String) { name.withLock { $0 = title } }
}

/// Keeps what the sources of one file say of themselves, until the reading is over.
final class SourceDamage: Sendable {
    private let kept = Mutex<[ParseError]>([])

    /// What was kept so far.
    var damages: [ParseError] { kept.withLock { $0 } }

    /// Keeps the damage of a source that is being opened, and counts what is read of it.
    func meter(_ source: any ByteSource, _ progress: RunProgress) -> any ByteSource {
        let damage = source.damage
        if !damage.isEmpty { kept.withLock { $0 += damage } }
        return MeteredSource(base: source, progress: progress)
    }
}

/// Counts what is read of a file.
struct MeteredSource: ByteSource {
    let base: any ByteSource
    let progress: RunProgress

    var count: Int { base.count }
    var damage: [ParseError] { base.damage }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ParseError) -> Int {
        let length = try base.read(at: offset, into: buffer)
        progress.add(bytes: length)
        return length
    }
}
