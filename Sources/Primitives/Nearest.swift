/// Finds the word that somebody probably meant.
public enum Nearest {
    /// " Did you mean 'check'?", or nothing if no word is near.
    public static func suggestion(for word: String, among words: [String]) -> String {
        let near = words.map { ($0, distance(Array(word.utf8), Array($0.utf8))) }
            .min { ($0.1, $0.0) < ($1.1, $1.0) }
        if let near, near.1 <= max(2, word.utf8.count / 3) { return " Did you mean '\(near.0)'?" }
        let holding = words.filter { !word.isEmpty && $0.contains(word) }.sorted()
        return holding.isEmpty ? "" : " Did you mean '\(holding[0])'?"
    }

    /// Levenshtein's distance.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard left.count <= 200, right.count <= 200 else { return .max }
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let above = row[column + 1]
                row[column + 1] = min(above + 1, row[column] + 1, diagonal + (letter == other ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
