import ArgumentParser

extension Benchmarks {
    /// Reads one table with SQLite and with the page reader, in turns.
    struct Pages: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure the page reader against sqlite3_step on one table of four columns.")

        @Option(help: "How many rows the table has.") var rows: Int = 2_000_000

        func run() throws { for line in try PageReading.measure(rows: max(1, rows)) { print(line) } }
    }
}
