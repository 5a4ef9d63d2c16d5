/// The number of a release of the system: `14.8.1`, compared part by part.
struct SystemVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Major, minor, patch and further numbers without zeros at the end, so that `15.0` is `15`.
    private let parts: [Int]

    /// Reads up to five numbers of up to four digits; anything else is no version.
    init?(_ text: some StringProtocol) {
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        guard !words.isEmpty, words.count <= 5 else { return nil }
        var parts: [Int] = []
        for word in words {
            guard (1...4).contains(word.utf8.count), word.utf8.allSatisfy({ (48...57).contains($0) }),
                let number = Int(word)
            else { return nil }
            parts.append(number)
        }
        while parts.count > 1, parts.last == 0 { parts.removeLast() }
        self.parts = parts
    }

    /// The first number, which names the branch that a fix belongs to.
    var major: Int { parts.first ?? 0 }

    var description: String {
        (parts.count == 1 ? parts + [0] : parts).map { String($0) }.joined(separator: ".")
    }

    static func < (left: SystemVersion, right: SystemVersion) -> Bool {
        left.parts.lexicographicallyPrecedes(right.parts)
    }
}
