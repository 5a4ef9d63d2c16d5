public import Primitives

/// One column of a record, declared once for outputs, rules, indicators and the timeline alike.
public struct Field<Subject>: Sendable {
    /// What the rest of the house does with the value.
    public enum Role: Sendable, Hashable {
        /// Written to the records.
        case plain
        /// What a person wrote or said: written only when the analyst asks for content.
        case content
        /// Compared with indicators.
        case observable(Observable)
        /// A moment of the timeline, with the words that say what happened then.
        case moment(heading: String)
    }

    /// The type that every value of the field has, unless it is absent.
    public enum Form: String, Sendable, Hashable {
        /// The cases of ``Value``, in words.
        case text, integer, real, truth, moment, bytes, texts, nested
    }

    /// `snake_case`, with the same meaning and type throughout the house. Part of the data contract.
    public let name: String
    /// What the rest of the house does with it.
    public let role: Role
    /// The type of its values.
    public let form: Form
    /// One phrase: what it says, its unit, its epoch, who established its codes.
    public let note: String
    /// Whether the description of a timeline row shows it.
    public let isShown: Bool
    /// Reads the value from a record.
    public let value: @Sendable (Subject) -> Value

    /// The other initialisers are easier to read.
    public init(
        name: String, role: Role, form: Form, note: String, shown: Bool, value: @escaping @Sendable (Subject) -> Value
    ) {
        self.name = name
        self.role = role
        self.form = form
        self.note = note
        self.isShown = shown
        self.value = value
    }

    /// A field of text.
    public init(
        _ name: String, _ role: Role = .plain, text: @escaping @Sendable (Subject) -> String?, shown: Bool = false,
        _ note: String = ""
    ) {
        self.init(name: name, role: role, form: .text, note: note, shown: shown) { text($0).map(Value.text) ?? .absent }
    }

    /// A field of several texts.
    public init(
        _ name: String, _ role: Role = .plain, texts: @escaping @Sendable (Subject) -> [String], shown: Bool = false,
        _ note: String = ""
    ) {
        self.init(name: name, role: role, form: .texts, note: note, shown: shown) {
            let found = texts($0)
            return found.isEmpty ? .absent : .texts(found)
        }
    }

    /// A field of whole numbers.
    public init(
        _ name: String, integer: @escaping @Sendable (Subject) -> Int64?, shown: Bool = false, _ note: String = ""
    ) {
        self.init(name: name, role: .plain, form: .integer, note: note, shown: shown) {
            integer($0).map(Value.integer) ?? .absent
        }
    }

    /// A field of numbers with a fraction.
    public init(
        _ name: String, real: @escaping @Sendable (Subject) -> Double?, shown: Bool = false, _ note: String = ""
    ) {
        self.init(name: name, role: .plain, form: .real, note: note, shown: shown) {
            real($0).map(Value.real) ?? .absent
        }
    }

    /// A field that is true or false.
    public init(
        _ name: String, truth: @escaping @Sendable (Subject) -> Bool?, shown: Bool = false, _ note: String = ""
    ) {
        self.init(name: name, role: .plain, form: .truth, note: note, shown: shown) {
            truth($0).map(Value.truth) ?? .absent
        }
    }

    /// A moment that goes to the timeline under `heading`.
    public init(
        _ name: String, _ heading: String, moment: @escaping @Sendable (Subject) -> Timestamp?, _ note: String = ""
    ) {
        self.init(name: name, role: .moment(heading: heading), form: .moment, note: note, shown: false) {
            moment($0).map(Value.moment) ?? .absent
        }
    }

    /// A field of bytes.
    public init(_ name: String, bytes: @escaping @Sendable (Subject) -> [UInt8]?, _ note: String = "") {
        self.init(name: name, role: .plain, form: .bytes, note: note, shown: false) {
            bytes($0).map(Value.bytes) ?? .absent
        }
    }

    /// A field of nested values, for what the evidence itself nests.
    public init(
        _ name: String, _ role: Role = .plain, nested: @escaping @Sendable (Subject) -> Value, _ note: String = ""
    ) {
        self.init(name: name, role: role, form: .nested, note: note, shown: false, value: nested)
    }
}
