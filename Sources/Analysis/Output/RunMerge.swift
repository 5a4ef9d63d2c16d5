#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Merges sorted runs into one output and removes them.
enum RunMerge {
    /// The most runs that are open at a time: files are a limited thing.
    static let width = 64

    /// Appends all lines of all runs to `output`, in order.
    static func merge(_ runs: [String], scratch: String, into output: OutputFile) throws(OutputError) {
        try visit(runs, scratch: scratch) { _, _, line in output.append(line) }
    }

    /// Hands over all lines of all runs, in order, and removes the runs.
    static func visit(
        _ runs: [String], scratch: String,
        _ take: (_ key: UInt64, _ tie: Int, _ line: UnsafeBufferPointer<UInt8>) -> Void
    ) throws(OutputError) {
        var runs = runs
        var round = 0
        while runs.count > width {
            var merged: [String] = []
            for start in stride(from: 0, to: runs.count, by: width) {
                let path = "\(scratch)\(round)-\(merged.count)"
                let file = try OutputFile(creating: path)
                try drain(Array(runs[start..<min(start + width, runs.count)])) { key, tie, line in
                    RunReader.write(key: key, tie: tie, line, to: file)
                }
                try file.close()
                merged.append(path)
            }
            runs = merged
            round += 1
        }
        try drain(runs, take)
    }

    /// Hands over all lines in order. A binary heap holds the readers, the one with the smallest line at its top.
    private static func drain(
        _ runs: [String], _ take: (_ key: UInt64, _ tie: Int, _ line: UnsafeBufferPointer<UInt8>) -> Void
    ) throws(OutputError) {
        var heap: [RunReader] = []
        for run in runs {
            let reader = try RunReader(run)
            unlink(run)
            if reader.next() {
                heap.append(reader)
                rise(&heap)
            } else if let failure = reader.failure {
                throw failure
            }
        }
        while let top = heap.first {
            top.withBytes { bytes in
                let line = top.line
                take(line.key, line.tie, UnsafeBufferPointer(rebasing: bytes[line.start..<line.start + line.count]))
            }
            if !top.next() {
                if let failure = top.failure { throw failure }
                heap[0] = heap[heap.count - 1]
                heap.removeLast()
            }
            sink(&heap)
        }
    }

    private static func precedes(_ left: RunReader, _ right: RunReader) -> Bool {
        left.withBytes { leftBytes in
            right.withBytes { SpillSorter.precedes(left.line, right.line, leftBytes, $0) }
        }
    }

    private static func rise(_ heap: inout [RunReader]) {
        var index = heap.count - 1
        while index > 0, precedes(heap[index], heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private static func sink(_ heap: inout [RunReader]) {
        var index = 0
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if precedes(heap[child], heap[smallest]) { smallest = child }
            }
            guard smallest != index else { return }
            heap.swapAt(index, smallest)
            index = smallest
        }
    }
}
