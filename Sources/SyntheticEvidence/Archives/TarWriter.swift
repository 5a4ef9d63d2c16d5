/// Writes tar archives in the forms that evidence comes in, with the oddities that tests need.
public struct TarWriter: Sendable {
    /// How names longer than 100 bytes are written.
    public enum LongNames: Sendable {
        /// A header of the pax format before the member.
        case pax
        /// A member of GNU tar's kind `L` before the member.
        case gnu
        /// The front part in the header's prefix.
        case ustar
    }

    /// The archive so far.
    public private(set) var bytes: [UInt8] = []
    private let longNames: LongNames

    /// Begins an archive.
    public init(longNames: LongNames = .pax) { self.longNames = longNames }

    /// Adds a file.
    public mutating func add(_ name: String, _ content: [UInt8]) { add(bytes: Array(name.utf8), content) }

    /// Adds a file whose name need not be text.
    public mutating func add(bytes name: [UInt8], _ content: [UInt8]) {
        member(name, kind: "0", size: content.count)
        fill(content)
    }

    /// Adds a folder.
    public mutating func addFolder(_ name: String) { member(Array((name + "/").utf8), kind: "5", size: 0) }

    /// Adds a symbolic link.
    public mutating func addLink(_ name: String, to target: String) {
        header(Array(name.utf8), kind: "2", size: 0, target: Array(target.utf8))
    }

    /// Adds another name for a member that was added before.
    public mutating func addHardLink(_ name: String, to target: String) {
        header(Array(name.utf8), kind: "1", size: 0, target: Array(target.utf8))
    }

    /// Adds a header of the pax format for the next member.
    public mutating func addRecords(_ records: [(key: String, value: [UInt8])]) {
        var content: [UInt8] = []
        for record in records {
            let rest = [UInt8(ascii: " ")] + record.key.utf8 + [UInt8(ascii: "=")] + record.value + [10]
            // The number counts its own digits.
            var length = rest.count + 1
            while "\(length)".utf8.count + rest.count != length { length += 1 }
            content += Array("\(length)".utf8) + rest
        }
        header(Array("PaxHeader".utf8), kind: "x", size: content.count, target: [])
        fill(content)
    }

    /// Adds bytes as they are: what no writer would write.
    public mutating func addRaw(_ raw: [UInt8]) { bytes += raw }

    /// Adds the two empty blocks at the end, and returns the archive.
    public mutating func finish() -> [UInt8] {
        bytes += [UInt8](repeating: 0, count: 1_024)
        return bytes
    }

    private mutating func member(_ name: [UInt8], kind: Character, size: Int) {
        guard name.count > 100 else { return header(name, kind: kind, size: size, target: []) }
        switch longNames {
        case .pax:
            addRecords([("path", name)])
            header(Array(name.prefix(100)), kind: kind, size: size, target: [])
        case .gnu:
            header(Array("././@LongLink".utf8), kind: "L", size: name.count + 1, target: [])
            fill(name + [0])
            header(Array(name.prefix(100)), kind: kind, size: size, target: [])
        case .ustar:
            let cut = name.lastIndex(of: UInt8(ascii: "/")) ?? name.startIndex
            header(Array(name[(cut + 1)...]), kind: kind, size: size, target: [], prefix: Array(name[..<cut]))
        }
    }

    private mutating func header(
        _ name: [UInt8], kind: Character, size: Int, target: [UInt8], prefix: [UInt8] = []
    ) {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ field: [UInt8], at offset: Int) {
            block.replaceSubrange(offset..<offset + field.count, with: field)
        }
        func octal(_ number: Int, _ digits: Int) -> [UInt8] {
            let text = String(number, radix: 8)
            return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
        }
        put(Array(name.prefix(100)), at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put(Array(repeating: UInt8(ascii: " "), count: 8), at: 148)
        put(Array(String(kind).utf8), at: 156)
        put(Array(target.prefix(100)), at: 157)
        put(Array("ustar\u{0}00".utf8), at: 257)
        put(Array(prefix.prefix(155)), at: 345)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(sum, 6) + [0, UInt8(ascii: " ")], at: 148)
        bytes += block
    }

    private mutating func fill(_ content: [UInt8]) {
        bytes += content
        let rest = content.count % 512
        if rest > 0 { bytes += [UInt8](repeating: 0, count: 512 - rest) }
    }
}
