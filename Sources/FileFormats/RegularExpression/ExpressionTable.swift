/// The automaton of an expression as a table, if it is small enough to be worked out in advance.
///
/// A row for every set of places that the walk can meet, a column for every symbol.
struct ExpressionTable: Sendable {
    /// More rows, or more work to find them, and the walk is done for every text instead.
    static let rowLimit = 1_024
    static let cellLimit = 1 << 15
    static let workLimit = 200_000

    /// Instead of a row: the expression has matched.
    private static let matched: UInt16 = .max
    /// Instead of a row: no match can come any more.
    private static let hopeless: UInt16 = .max - 1

    private let cells: [UInt16]
    private let width: Int

    init?(_ program: ExpressionProgram) {
        struct Row: Hashable {
            let places: [Int]
            let previous: ExpressionAlphabet.Neighbour
        }
        let alphabet = program.alphabet
        let width = alphabet.count
        var walk = ExpressionWalk(program)
        var rows = [Row(places: [0], previous: alphabet.knowsStart ? .edge : .other)]
        var numbers: [Row: Int] = [rows[0]: 0]
        var cells: [UInt16] = []
        var next: [Int] = []
        var index = 0
        while index < rows.count {
            let row = rows[index]
            index += 1
            for symbol in 0..<width {
                guard !walk.advance(row.places, row.previous, symbol, into: &next) else {
                    cells.append(ExpressionTable.matched)
                    continue
                }
                guard symbol != alphabet.end else {
                    cells.append(ExpressionTable.hopeless)
                    continue
                }
                next.append(0)
                next.sort()
                let following = Row(places: next, previous: walk.previous(after: symbol))
                let number = numbers[following] ?? rows.count
                if number == rows.count {
                    numbers[following] = number
                    rows.append(following)
                }
                cells.append(UInt16(number))
                guard rows.count <= ExpressionTable.rowLimit, cells.count <= ExpressionTable.cellLimit,
                    walk.work <= ExpressionTable.workLimit
                else { return nil }
            }
        }
        (self.cells, self.width) = (cells, width)
    }

    /// In bytes.
    var size: Int { cells.count * MemoryLayout<UInt16>.stride }

    func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ alphabet: ExpressionAlphabet) -> Bool {
        cells.withUnsafeBufferPointer { cells in
            var row = 0
            var offset = 0
            while true {
                let (symbol, length) = alphabet.symbol(bytes, offset)
                let cell = cells[row * width + symbol]
                if cell >= ExpressionTable.hopeless { return cell == ExpressionTable.matched }
                row = Int(cell)
                offset += length
            }
        }
    }
}
