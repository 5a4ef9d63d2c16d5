import Crypto
import Foundation
import Primitives

/// The indicators that a person keeps: every state that they had, and one that counts.
///
/// ```
/// indicators/
///   current            the number of the generation that counts; replaced in one step
///   generations/3.json what a generation holds and where it came from; never changed
///   objects/SHA-256    the contents, shared by generations; never changed
///   lock, incoming/    of the process that changes the store
/// ```
///
/// A change writes contents, then a description, then `current`: whatever cuts it off leaves the state before.
public struct IndicatorStore: Sendable {
    /// The folder.
    public let folder: String

    /// A store, which need not exist yet.
    public init(folder: String) { self.folder = folder }

    var currentPath: String { folder + "/current" }
    var generationFolder: String { folder + "/generations" }
    var objectFolder: String { folder + "/objects" }
    var incomingFolder: String { folder + "/incoming" }
    var lockPath: String { folder + "/lock" }

    func path(ofGeneration number: Int) -> String { "\(generationFolder)/\(number).json" }

    /// Where the content of a file lies.
    public func path(of file: StoredFile) -> String { objectFolder + "/" + file.digest }

    /// The number of the generation that counts, if there is one.
    public func currentNumber() throws(StoreError) -> Int? {
        guard let bytes = try DurableFile.bytes(currentPath, limit: 64) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
        guard let number = Int(text), number > 0 else {
            throw StoreError(
                .data,
                "\(currentPath) is damaged: expected the number of a generation. 'bridle indicators rollback NUMBER' "
                    + "writes it again; the generations are \(Self.list(generationNumbers)).")
        }
        return number
    }

    /// The highest number that a generation ever had: a number is given once, so that packs which are numbered like
    /// generations never have one number and two contents. Behind the number that counts, where earlier versions wrote
    /// nothing.
    func highestNumber() -> Int {
        let bytes = (try? DurableFile.bytes(currentPath, limit: 64)) ?? nil
        let lines = String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n")
        return max(generationNumbers.last ?? 0, lines.dropFirst().first.flatMap { Int($0) } ?? 0)
    }

    /// Makes a generation the one that counts.
    func setCurrent(_ number: Int) throws(StoreError) {
        let highest = max(number, highestNumber())
        try DurableFile.replace(currentPath, with: Array("\(number)\n\(highest)\n".utf8))
    }

    /// The generation that counts, if there is one.
    public func current() throws(StoreError) -> Generation? {
        guard let number = try currentNumber() else { return nil }
        return try generation(number)
    }

    /// A generation by its number.
    public func generation(_ number: Int) throws(StoreError) -> Generation {
        guard let bytes = try DurableFile.bytes(path(ofGeneration: number), limit: Generation.sizeLimit) else {
            let others = generationNumbers
            throw StoreError(
                .noInput,
                "The store has no generation \(number)"
                    + (others.isEmpty ? "." : "; it has \(Self.list(others))."))
        }
        do throws(ParseError) {
            let generation = try Generation(json: bytes)
            guard generation.number == number else { throw ParseError(.malformed, "generation \(number)") }
            return generation
        } catch {
            throw StoreError(
                .data,
                "Generation \(number) of the store is damaged (\(error)). 'bridle indicators rollback' goes back to the "
                    + "one before.")
        }
    }

    /// The numbers of all generations, the oldest first.
    public var generationNumbers: [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: generationFolder)) ?? []
        return names.compactMap { $0.hasSuffix(".json") ? Int($0.dropLast(5)) : nil }.filter { $0 > 0 }.sorted()
    }

    /// The content of a file, compared with its SHA-256.
    public func bytes(of file: StoredFile) throws(StoreError) -> [UInt8] {
        guard let bytes = try DurableFile.bytes(path(of: file), limit: max(file.size, 0)), bytes.count == file.size,
            SHA256.hash(data: bytes).hexadecimal == file.digest
        else {
            throw StoreError(
                .data,
                "\(file.name) in the store is damaged or missing: its content is not what was stored. Add or update it "
                    + "again, or go back with 'bridle indicators rollback'.")
        }
        return bytes
    }

    /// Files with indicators that lie in the folder beside the generations: put there by hand, or by version 0.1.
    ///
    /// They count, and the next change takes them over.
    public var looseFiles: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter(IndicatorStore.isIndicatorFile)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { folder + "/" + $0 }
    }

    /// Whether a file of this name in a folder is taken for one with indicators.
    public static func isIndicatorFile(_ name: String) -> Bool {
        let name = name.lowercased()
        return !name.hasPrefix(".") && endings.contains { name.hasSuffix($0) }
    }

    /// What the names of files with indicators end in, where a folder is gone through.
    public static let endings = [".stix2", ".stix", ".json", ".csv", ".ioc"]

    /// Goes to another generation: the one given, or the newest before the one that counts.
    public func rollback(to number: Int?, patience: Double = 5) throws(StoreError) -> Generation {
        let lock = try StoreLock(existing(lockPath), patience: patience)
        defer { withExtendedLifetime(lock) {} }
        let wanted: Int
        if let number {
            wanted = number
        } else {
            guard let current = try currentNumber(), let before = generationNumbers.last(where: { $0 < current }) else {
                throw StoreError(.usage, "There is no earlier generation to go back to.")
            }
            wanted = before
        }
        let generation = try generation(wanted)
        for file in generation.files where !FileManager.default.fileExists(atPath: path(of: file)) {
            throw StoreError(.data, "Generation \(wanted) is not whole: the content of \(file.name) is missing.")
        }
        try setCurrent(wanted)
        return generation
    }

    /// A path in the store, if there is a store.
    private func existing(_ path: String) throws(StoreError) -> String {
        guard FileManager.default.fileExists(atPath: folder) else {
            throw StoreError(.noInput, "There is no store of indicators at \(folder).")
        }
        return path
    }

    static func list(_ numbers: [Int]) -> String {
        numbers.isEmpty ? "none" : numbers.suffix(20).map { "\($0)" }.joined(separator: ", ")
    }
}
