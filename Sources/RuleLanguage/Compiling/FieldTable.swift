public import ArtifactModel

/// The fields of an artefact's record, without its type: what rules are compiled against.
public struct FieldTable: Sendable {
    /// One field.
    public struct Column: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The type of its values.
        public var form: Form
        /// What kind of thing it holds, if it is compared with indicators.
        public var observable: Observable.Kind?
        /// What a record of it shows, if it is compared with indicators.
        public var state: Observable.State?
        /// Whether it is written only when content is asked for.
        public var isContent: Bool

        /// Joins the parts.
        public init(
            name: String, form: Form, observable: Observable.Kind? = nil, state: Observable.State? = nil,
            isContent: Bool = false
        ) {
            self.name = name
            self.form = form
            self.observable = observable
            self.state = state
            self.isContent = isContent
        }
    }

    /// The type of a field's values.
    public enum Form: String, Sendable, Hashable {
        /// As in `Field.Form`.
        case text, integer, real, truth, moment, bytes, texts, nested

        /// What it holds, as a noun phrase.
        var words: String {
            switch self {
            case .text: "text"
            case .integer: "a whole number"
            case .real: "a number"
            case .truth: "true or false"
            case .moment: "a time"
            case .bytes: "bytes"
            case .texts: "several texts"
            case .nested: "nested values"
            }
        }
    }

    /// The artefact's identifier.
    public let artifact: String
    /// The artefact's title.
    public let title: String
    /// The fields, in the order of the record.
    public let columns: [Column]
    private let numbers: [String: Int]

    /// The table of an artefact.
    public init(_ artifact: any Artifact.Type) { self = FieldTable.table(artifact) }

    private static func table<A: Artifact>(_ artifact: A.Type) -> FieldTable {
        FieldTable(
            A.card.identifier, A.card.title,
            A.Entry.fields.map { field in
                var observable: Observable?
                if case .observable(let found) = field.role { observable = found }
                return Column(
                    name: field.name, form: Form(rawValue: field.form.rawValue) ?? .nested,
                    observable: observable?.kind, state: observable?.state, isContent: field.role == .content)
            })
    }

    /// A table from its parts.
    public init(_ artifact: String, _ title: String, _ columns: [Column]) {
        self.artifact = artifact
        self.title = title
        self.columns = columns
        numbers = Dictionary(columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The number of a field.
    public func column(_ name: String) -> Int? { numbers[name] }

    /// The first field that holds a time.
    public var firstMoment: Int? { columns.firstIndex { $0.form == .moment } }

    /// `network` in `apple.network.data-usage`.
    var family: String? {
        let parts = artifact.split(separator: ".")
        return parts.count > 2 ? String(parts[1]) : nil
    }

    /// `ios` for artefacts of Apple's, `android` for Android's.
    var product: String? {
        switch artifact.split(separator: ".").first {
        case "apple": "ios"
        case "android": "android"
        default: nil
        }
    }
}
