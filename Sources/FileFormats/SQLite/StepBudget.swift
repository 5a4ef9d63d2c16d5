import CSQLite

/// Bounds what SQLite does between two rows: a join without an index would otherwise go on for years.
final class StepBudget {
    /// How many instructions of SQLite's machine pass between two calls of the handler.
    private static let interval: Int32 = 100_000
    /// Calls allowed before a row must come: three hundred million instructions, seconds of work.
    private static let limit = 3_000
    private var calls = 0

    /// Makes SQLite ask whether to go on.
    func install(on handle: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            handle, StepBudget.interval,
            { context in
                guard let context else { return 0 }
                let budget = Unmanaged<StepBudget>.fromOpaque(context).takeUnretainedValue()
                budget.calls += 1
                return budget.calls > StepBudget.limit ? 1 : 0
            }, context)
    }

    /// Whether the last question was ended.
    var isSpent: Bool { calls > StepBudget.limit }

    /// A row came, or a new question begins.
    func reset() { calls = 0 }
}
