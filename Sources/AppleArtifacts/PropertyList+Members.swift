import ArtifactModel
import FileFormats
import Primitives

/// Members of a dictionary by name. One that is missing is nothing; one of another kind is nothing too, with a note.
///
/// `path` says in words of ours where the dictionary lies; it holds nothing from the evidence.
extension PropertyList {
    /// Text, or a whole number in digits.
    func text(_ name: String, in path: String = "", noting sink: inout some RecordSink) -> String? {
        switch self[name] {
        case nil, .null: return nil
        case .text(let text): return text
        case .integer(let number): return "\(number)"
        default:
            sink.note(PropertyList.mismatch("text", name, path))
            return nil
        }
    }

    /// The texts of a list; a single text is a list of one.
    func texts(_ name: String, in path: String = "", noting sink: inout some RecordSink) -> [String] {
        switch self[name] {
        case nil, .null: return []
        case .text(let text): return [text]
        case .list(let values):
            let texts = values.compactMap(\.text)
            if texts.count < values.count { sink.note(PropertyList.mismatch("texts only", name, path)) }
            return texts
        default:
            sink.note(PropertyList.mismatch("a list of texts", name, path))
            return []
        }
    }

    /// A date, or RFC 3339 text; without an offset the text is in UTC.
    func moment(_ name: String, in path: String = "", noting sink: inout some RecordSink) -> Timestamp? {
        switch self[name] {
        case nil, .null: return nil
        case .moment(let moment): return moment
        case .text(let text):
            if let moment = Timestamp(rfc3339: text) { return moment }
        default: break
        }
        sink.note(PropertyList.mismatch("a date", name, path))
        return nil
    }

    /// A whole number.
    func integer(_ name: String, in path: String = "", noting sink: inout some RecordSink) -> Int64? {
        switch self[name] {
        case nil, .null: return nil
        case .some(let value):
            if let integer = value.integer { return integer }
            sink.note(PropertyList.mismatch("a whole number", name, path))
            return nil
        }
    }

    /// A dictionary inside this one.
    func dictionary(_ name: String, in path: String = "", noting sink: inout some RecordSink) -> PropertyList? {
        switch self[name] {
        case nil, .null: return nil
        case .some(let value):
            if value.dictionary != nil { return value }
            sink.note(PropertyList.mismatch("a dictionary", name, path))
            return nil
        }
    }

    /// Yes or no.
    func truth(_ name: String, in path: String = "", noting sink: inout some RecordSink) -> Bool? {
        switch self[name] {
        case nil, .null: return nil
        case .some(let value):
            if let truth = value.truth { return truth }
            sink.note(PropertyList.mismatch("true or false", name, path))
            return nil
        }
    }

    /// The value under a name in the record's own terms: dictionaries sorted by name, so that two runs agree.
    var value: Value {
        switch self {
        case .truth(let truth): .truth(truth)
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .moment(let moment): .moment(moment)
        case .bytes(let bytes): .bytes(bytes)
        case .list(let values): .list(values.map(\.value))
        case .dictionary: .table(members.map { NamedValue($0.name, $0.value.value) })
        case .uid(let number): .integer(Int64(number))
        case .null: .absent
        }
    }

    private static func mismatch(_ expected: String, _ name: String, _ path: String) -> ParseError {
        ParseError(.malformed, expected, in: path.isEmpty ? name : path + "/" + name)
    }
}
