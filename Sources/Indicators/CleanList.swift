import ArtifactModel

/// What a set of indicators raises on the paths of a device that nobody suspects: the measure of how often it is wrong.
///
/// The list of a whole public test device is some hundred thousand paths. Nothing of it should agree with an indicator
/// that is published for a family; what does says that the indicator is too broad.
public struct CleanList: Sendable {
    /// A path that agrees with an indicator.
    public struct Hit: Sendable, Hashable {
        /// The number of the line in the list, from 1 on.
        public let line: Int
        /// The path.
        public let path: String
        /// How it agrees.
        public let match: IndicatorMatch
    }

    /// The measure of a family.
    public struct Family: Sendable, Hashable {
        /// Its name, if there is one.
        public let name: String?
        /// How many of its indicators are compared with paths.
        public let indicators: Int
        /// How many paths agreed with one of them.
        public internal(set) var hits: Int
    }

    /// How many hits are kept; the rest is counted.
    public static let kept = 1_000

    /// How many paths were compared.
    public private(set) var examined = 0
    /// Every family that has an indicator for paths, in byte order of the names, those without a name first.
    public private(set) var families: [Family]
    /// The first hits.
    public private(set) var hits: [Hit] = []

    private let set: IndicatorSet
    private var line = 0
    private var isTable = false

    /// Begins to measure a set.
    public init(_ set: IndicatorSet) {
        self.set = set
        var counts: [String?: Int] = [:]
        for tally in set.tallies(comparableWith: [.filePath]) { counts[tally.family, default: 0] += tally.count }
        families = counts.map { Family(name: $0.key, indicators: $0.value, hits: 0) }.sorted { left, right in
            guard let one = left.name, let other = right.name else { return left.name == nil && right.name != nil }
            return one.utf8.lexicographicallyPrecedes(other.utf8)
        }
    }

    /// Measures a whole list: a path in each line, or a table with commas, whose first column is named `path`.
    public init(_ set: IndicatorSet, list: UnsafeBufferPointer<UInt8>) {
        self.init(set)
        var start = 0
        while start < list.count {
            var end = start
            while end < list.count, list[end] != UInt8(ascii: "\n") { end += 1 }
            add(line: UnsafeBufferPointer(rebasing: list[start..<end]))
            start = end + 1
        }
    }

    /// Compares one more line.
    public mutating func add(line bytes: UnsafeBufferPointer<UInt8>) {
        line += 1
        var bytes = ComparableText.trimmed(bytes)
        if line == 1, bytes.elementsEqual("path".utf8) || bytes.starts(with: "path,".utf8) {
            isTable = true
            return
        }
        guard isTable else { return compare(bytes) }
        guard bytes.first == UInt8(ascii: "\"") else {
            bytes = UnsafeBufferPointer(rebasing: bytes.prefix { $0 != UInt8(ascii: ",") })
            return compare(bytes)
        }
        // A cell in quotation marks, which are doubled inside.
        var cell: [UInt8] = []
        var index = 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\"") {
                guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") else { break }
                index += 1
            }
            cell.append(bytes[index])
            index += 1
        }
        cell.withUnsafeBufferPointer { compare($0) }
    }

    private mutating func compare(_ path: UnsafeBufferPointer<UInt8>) {
        guard !path.isEmpty else { return }
        examined += 1
        var seen: Set<String?> = []
        for match in set.matches(path, as: .filePath) {
            if seen.insert(match.indicator.family).inserted,
                let index = families.firstIndex(where: { $0.name == match.indicator.family })
            {
                families[index].hits += 1
            }
            guard hits.count < CleanList.kept else { continue }
            hits.append(Hit(line: line, path: String(decoding: path, as: UTF8.self), match: match))
        }
    }
}
