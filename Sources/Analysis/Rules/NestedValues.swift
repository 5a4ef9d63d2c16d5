import ArtifactModel
import Primitives

/// Walks through nested values, never further than any honest record goes.
enum NestedValues {
    private static let depthLimit = 128
    private static let leafLimit = 100_000

    /// Calls back with every value that holds no others.
    static func visit(_ value: Value, _ body: (Value) -> Void) {
        var left = leafLimit
        visit(value, depth: 0, left: &left, body)
    }

    private static func visit(_ value: Value, depth: Int, left: inout Int, _ body: (Value) -> Void) {
        guard depth < depthLimit, left > 0 else { return }
        switch value {
        case .list(let values): for value in values { visit(value, depth: depth + 1, left: &left, body) }
        case .table(let members): for member in members { visit(member.value, depth: depth + 1, left: &left, body) }
        case .texts(let texts):
            for text in texts {
                left -= 1
                body(.text(text))
            }
        default:
            left -= 1
            body(value)
        }
    }

    /// The values at a path of names, through lists; several become a list.
    static func values(in value: Value, at path: ArraySlice<String>) -> Value {
        guard let name = path.first else { return value }
        switch value {
        case .table(let members):
            let found = members.filter { $0.name == name }.map { values(in: $0.value, at: path.dropFirst()) }
            return joined(found)
        case .list(let elements): return joined(elements.prefix(leafLimit).map { values(in: $0, at: path) })
        default: return .absent
        }
    }

    private static func joined(_ values: [Value]) -> Value {
        let values = values.filter { $0 != .absent }
        return values.count > 1 ? .list(values) : values.first ?? .absent
    }

    /// A value that holds no others as text.
    static func text(of value: Value) -> String? {
        switch value {
        case .text(let text): return text
        case .integer, .real, .truth, .moment:
            var buffer = TextBuffer()
            value.write(words: &buffer)
            return buffer.string
        case .absent, .bytes, .texts, .list, .table: return nil
        }
    }
}
