import Primitives

/// An expression as steps for an automaton.
struct ExpressionProgram: Sendable {
    /// One step.
    enum Step: Sendable {
        /// One character of a set; goes on behind it.
        case take(set: Int)
        /// Goes on at both places.
        case split(Int, Int)
        /// Goes on elsewhere.
        case jump(Int)
        /// Goes on if the place fulfils a condition.
        case require(ExpressionNode.Assertion)
        /// The expression has matched.
        case match
    }

    /// The most steps of a program; also the most work for one character.
    static let limit = 20_000

    private(set) var steps: [Step] = []
    private(set) var sets: [ScalarSet] = []
    /// Which symbols there are, and which sets they belong to.
    let alphabet: ExpressionAlphabet

    init(_ node: ExpressionNode) throws(ParseError) {
        var compiler = Compiler()
        try compiler.emit(node)
        try compiler.append(.match)
        (steps, sets) = (compiler.steps, compiler.sets)
        alphabet = try ExpressionAlphabet(sets, assertions: compiler.assertions)
    }

    /// Writes the steps; recursive as the nodes are, which the parser bounds.
    private struct Compiler {
        var steps: [Step] = []
        var sets: [ScalarSet] = []
        var assertions: Set<ExpressionNode.Assertion> = []
        private var numbers: [ScalarSet: Int] = [:]

        mutating func append(_ step: Step) throws(ParseError) {
            guard steps.count < ExpressionProgram.limit else {
                throw ParseError(.beyondLimit, "an expression of at most \(ExpressionProgram.limit) steps")
            }
            steps.append(step)
        }

        mutating func emit(_ node: ExpressionNode) throws(ParseError) {
            switch node {
            case .empty: break
            case .set(let set):
                let number = numbers[set] ?? sets.count
                if number == sets.count {
                    sets.append(set)
                    numbers[set] = number
                }
                try append(.take(set: number))
            case .assertion(let assertion):
                assertions.insert(assertion)
                try append(.require(assertion))
            case .sequence(let nodes): for node in nodes { try emit(node) }
            case .choice(let nodes): try emitChoice(nodes)
            case .repetition(let node, let least, let most): try emitRepetition(node, least, most)
            }
        }

        private mutating func emitChoice(_ nodes: [ExpressionNode]) throws(ParseError) {
            var ends: [Int] = []
            for (index, node) in nodes.enumerated() {
                guard index < nodes.count - 1 else {
                    try emit(node)
                    break
                }
                let split = steps.count
                try append(.split(split + 1, 0))
                try emit(node)
                ends.append(steps.count)
                try append(.jump(0))
                steps[split] = .split(split + 1, steps.count)
            }
            for end in ends { steps[end] = .jump(steps.count) }
        }

        private mutating func emitRepetition(_ node: ExpressionNode, _ least: Int, _ most: Int?) throws(ParseError) {
            for _ in 0..<least {
                let before = steps.count
                try emit(node)
                // Nothing repeated is nothing, however often.
                if steps.count == before { return }
            }
            guard let most else {
                let split = steps.count
                try append(.split(split + 1, 0))
                try emit(node)
                try append(.jump(split))
                steps[split] = .split(split + 1, steps.count)
                return
            }
            var splits: [Int] = []
            for _ in least..<max(most, least) {
                splits.append(steps.count)
                try append(.split(steps.count + 1, 0))
                try emit(node)
            }
            for split in splits { steps[split] = .split(split + 1, steps.count) }
        }
    }
}
