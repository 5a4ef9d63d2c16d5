import CSQLite

/// Bounds what SQLite does for a statement: a join without an index would otherwise go on for years.
///
/// A first allowance, and more with every row: an honest join finds its rows by an index, in some hundred instructions.
final class StepBudget {
    /// How many instructions of SQLite's machine pass between two calls of the handler.
    private static let interval: Int32 = 100_000
    /// Calls allowed before the first row: three hundred million instructions, seconds of work.
    private static let allowance = 3_000
    /// One more call for so many rows: twenty thousand instructions a row.
    private static let rowsForACall = 5
    private var calls = 0
    private var rows = 0

    /// Makes SQLite ask whether to go on.
    func install(on handle: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_progress_handler(
            handle, StepBudget.interval,
            { context in
                guard let context else { return 0 }
                let budget = Unmanaged<StepBudget>.fromOpaque(context).takeUnretainedValue()
                budget.calls += 1
                return budget.isSpent ? 1 : 0
            }, context)
    }

    /// Whether the last statement was ended.
    var isSpent: Bool { calls > StepBudget.allowance + rows / StepBudget.rowsForACall }

    /// A statement begins.
    func begin() {
        calls = 0
        rows = 0
    }

    /// A row came.
    func countRow() { rows += 1 }
}
