/// Finds many byte strings in one pass over a text, after Alfred Aho and Margaret Corasick (1975).
struct LiteralSearch: Sendable {
    /// Where a literal has to stand.
    enum Placement: Sendable {
        case anywhere, start, end
    }

    /// What is reported for a literal.
    private struct Output {
        var number: Int32
        var count: Int32
        var placement: Placement
        /// The next output of the same state.
        var next: Int32
    }

    /// The class of each byte: those that no literal has are all of class 0.
    private var classes = [UInt8](repeating: 0, count: 256)
    private var width = 1
    /// The next state by state and class.
    private var next: [Int32] = []
    /// The first output of each state, or -1.
    private var first: [Int32] = []
    private var outputs: [Output] = []

    /// Whether there is nothing to find.
    var isEmpty: Bool { outputs.isEmpty }

    init(_ literals: [(bytes: [UInt8], number: Int, placement: Placement)]) {
        let literals = literals.filter { !$0.bytes.isEmpty }
        guard !literals.isEmpty else { return }
        for literal in literals {
            for byte in literal.bytes where classes[Int(byte)] == 0 && width < 256 {
                classes[Int(byte)] = UInt8(width)
                width += 1
            }
        }
        addState()
        for literal in literals { insert(literal.bytes, literal.number, literal.placement) }
        link()
    }

    private mutating func addState() {
        next.append(contentsOf: repeatElement(-1, count: width))
        first.append(-1)
    }

    private mutating func insert(_ bytes: [UInt8], _ number: Int, _ placement: Placement) {
        var state = 0
        for byte in bytes {
            let cell = state * width + Int(classes[Int(byte)])
            if next[cell] < 0 {
                next[cell] = Int32(first.count)
                addState()
            }
            state = Int(next[cell])
        }
        outputs.append(
            Output(
                number: Int32(number), count: Int32(bytes.count), placement: placement, next: first[state]))
        first[state] = Int32(outputs.count - 1)
    }

    /// Gives every state its fall-back, level by level, and with it the outputs of the fall-back.
    private mutating func link() {
        var fallback = [Int](repeating: 0, count: first.count)
        var queue = [0]
        var index = 0
        while index < queue.count {
            let state = queue[index]
            index += 1
            for symbol in 0..<width {
                let cell = state * width + symbol
                let other = state == 0 ? 0 : Int(next[fallback[state] * width + symbol])
                guard next[cell] >= 0 else {
                    next[cell] = Int32(other)
                    continue
                }
                let child = Int(next[cell])
                fallback[child] = other
                inherit(child, from: other)
                queue.append(child)
            }
        }
    }

    private mutating func inherit(_ state: Int, from other: Int) {
        // The outputs of the fall-back, which is nearer to the root and complete, behind the own ones.
        guard first[other] >= 0 else { return }
        guard first[state] >= 0 else { return first[state] = first[other] }
        var last = Int(first[state])
        while outputs[last].next >= 0 { last = Int(outputs[last].next) }
        outputs[last].next = first[other]
    }

    /// Calls back with the number of each literal that is there, possibly more than once.
    func search(_ text: UnsafeBufferPointer<UInt8>, _ found: (Int) -> Void) {
        next.withUnsafeBufferPointer { next in
            first.withUnsafeBufferPointer { first in
                classes.withUnsafeBufferPointer { classes in
                    var state = 0
                    for position in text.indices {
                        state = Int(next[state * width + Int(classes[Int(text[position])])])
                        var output = first[state]
                        while output >= 0 {
                            let hit = outputs[Int(output)]
                            switch hit.placement {
                            case .anywhere: found(Int(hit.number))
                            case .start: if position + 1 == Int(hit.count) { found(Int(hit.number)) }
                            case .end: if position + 1 == text.count { found(Int(hit.number)) }
                            }
                            output = hit.next
                        }
                    }
                }
            }
        }
    }
}
