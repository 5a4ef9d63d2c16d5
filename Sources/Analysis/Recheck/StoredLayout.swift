import ArtifactModel
import Indicators
import Primitives
import RuleLanguage

/// What the judging of stored records needs to know of an artefact, without the type of its record.
///
/// Checks are functions over that type, and are not here: a stored record is not one.
struct StoredLayout: Sendable {
    /// A field, as stored records name it.
    struct Field: Sendable {
        let name: String
        let form: Form
        let use: Use
        let isShown: Bool

        /// Whether it is written only when content is asked for.
        var isContent: Bool { if case .content = use { true } else { false } }
    }

    typealias Form = FieldTable.Form

    enum Use: Sendable {
        case written, content
        case compared(Observable)
        case moment(heading: Int)
    }

    let card: ArtifactCard
    let fields: [Field]
    /// The places of the fields by their names.
    let places: [String: Int]
    /// The words of each moment field as a CSV cell.
    let headings: [[UInt8]]
    let observables: Set<Observable.Kind>
    let checkedFamilies: [String]
    let hasChecks: Bool

    init<A: Artifact>(_ artifact: A.Type) {
        card = A.card
        var headings: [[UInt8]] = []
        fields = A.Entry.fields.map { field in
            let use: Use
            switch field.role {
            case .plain: use = .written
            case .content: use = .content
            case .observable(let observable): use = .compared(observable)
            case .moment(let heading):
                var cell = TextBuffer()
                cell.append(cell: heading)
                use = .moment(heading: headings.count)
                headings.append(cell.bytes)
            }
            return Field(
                name: field.name, form: Form(rawValue: field.form.rawValue) ?? .nested, use: use,
                isShown: field.isShown)
        }
        self.headings = headings
        places = Dictionary(fields.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
        observables = Set(
            A.Entry.fields.compactMap { if case .observable(let it) = $0.role { it.kind } else { nil } })
        checkedFamilies = A.checks.compactMap(\.family)
        hasChecks = !A.checks.isEmpty
    }

    /// Whether any of its fields holds content.
    var hasContent: Bool { fields.contains(where: \.isContent) }
}
