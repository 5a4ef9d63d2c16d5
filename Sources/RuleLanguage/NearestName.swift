/// Finds the name that was probably meant.
enum NearestName {
    /// "; did you mean 'process'?", or nothing if no name is near.
    static func suggestion(for word: String, among names: some Sequence<String>) -> String {
        let limit = max(word.utf8.count < 4 ? 1 : 2, min(word.utf8.count, 40) / 3)
        let wanted = Array(word.lowercased().utf8.prefix(80))
        var best: (name: String, distance: Int)?
        for name in names.sorted() {
            let candidate = Array(name.lowercased().utf8.prefix(80))
            var distance = distance(wanted, candidate)
            // The last part of a long name counts as the name: data-usage for apple.network.data-usage.
            if candidate.count > wanted.count, candidate.suffix(wanted.count + 1).elementsEqual([0x2E] + wanted) {
                distance = 0
            }
            if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
        }
        return best.map { "; did you mean '\($0.name)'?" } ?? ""
    }

    /// Levenshtein's distance, with two letters that changed places as one step.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var before: [Int] = []
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var next = [index + 1]
            for column in right.indices {
                var best = min(row[column] + (byte == right[column] ? 0 : 1), row[column + 1] + 1, next[column] + 1)
                if index > 0, column > 0, byte == right[column - 1], left[index - 1] == right[column] {
                    best = min(best, before[column - 1] + 1)
                }
                next.append(best)
            }
            (before, row) = (row, next)
        }
        return row[right.count]
    }
}
