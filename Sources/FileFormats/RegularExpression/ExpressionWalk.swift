/// Carries along the set of all places in a program at which a match could stand.
struct ExpressionWalk {
    typealias Neighbour = ExpressionAlphabet.Neighbour

    private let program: ExpressionProgram
    /// In which round each step was last visited.
    private var visited: [UInt32]
    private var round: UInt32 = 0
    private var stack: [Int] = []
    /// How many steps were looked at so far.
    private(set) var work = 0

    init(_ program: ExpressionProgram) {
        self.program = program
        visited = [UInt32](repeating: 0, count: program.steps.count)
    }

    /// Goes over one symbol from all `places`; true if the expression matches before it.
    ///
    /// `next` becomes the places behind the symbol, each once, in the order in which they were reached.
    mutating func advance(_ places: [Int], _ previous: Neighbour, _ symbol: Int, into next: inout [Int]) -> Bool {
        next.removeAll(keepingCapacity: true)
        beginRound()
        let following = program.alphabet.neighbours[symbol]
        for place in places {
            stack.append(place)
            while let step = stack.popLast() {
                guard visited[step] != round else { continue }
                visited[step] = round
                work += 1
                switch program.steps[step] {
                case .match:
                    stack.removeAll(keepingCapacity: true)
                    return true
                case .jump(let target): stack.append(target)
                case .split(let first, let second):
                    stack.append(second)
                    stack.append(first)
                case .require(let assertion):
                    if ExpressionWalk.holds(assertion, previous, following) { stack.append(step + 1) }
                case .take(let set):
                    // Two steps never lead to the same next one except through a jump, so no place comes twice.
                    if program.alphabet.contains(symbol, set: set) { next.append(step + 1) }
                }
            }
        }
        return false
    }

    private mutating func beginRound() {
        round &+= 1
        guard round == 0 else { return }
        round = 1
        for index in visited.indices { visited[index] = 0 }
    }

    static func holds(_ assertion: ExpressionNode.Assertion, _ previous: Neighbour, _ next: Neighbour) -> Bool {
        switch assertion {
        case .textStart: previous == .edge
        case .lineStart: previous == .edge || (previous == .lineFeed && next != .edge)
        case .textEnd: next == .edge
        case .textEndOrLastLineFeed: next == .edge || next == .lastLineFeed
        case .lineEnd: next == .edge || next == .lastLineFeed || next == .lineFeed
        case .wordBoundary: (previous == .word) != (next == .word)
        case .noWordBoundary: (previous == .word) == (next == .word)
        }
    }

    /// What a symbol is to the place behind it, as far as this program asks.
    func previous(after symbol: Int) -> Neighbour {
        switch program.alphabet.neighbours[symbol] {
        case .word: program.alphabet.knowsWords ? .word : .other
        case .lineFeed, .lastLineFeed: program.alphabet.knowsLines ? .lineFeed : .other
        case .edge, .other: .other
        }
    }

    mutating func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var (places, next): ([Int], [Int]) = ([0], [])
        var previous = Neighbour.edge
        var offset = 0
        while true {
            let (symbol, length) = program.alphabet.symbol(bytes, offset)
            if advance(places, previous, symbol, into: &next) { return true }
            if length == 0 { return false }
            swap(&places, &next)
            // A match may begin anywhere.
            places.append(0)
            previous = self.previous(after: symbol)
            offset += length
        }
    }
}
