public import Primitives

/// What a person said of a finding: a line of `annotations.jsonl`, which is only ever added to.
public struct Annotation: Sendable, Hashable {
    /// What was said.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// It does not count in this case. It stays in the report.
        case suppress
        /// Somebody disagrees with it. It still counts.
        case dispute
        /// An expert looked and confirms it.
        case confirm
        /// Everything said of it before no longer holds.
        case withdraw
    }

    /// The identifier of the finding.
    public var finding: String
    /// What was said.
    public var action: Action
    /// Why.
    public var reason: String
    /// Who says so.
    public var author: String
    /// When, by the clock of the computer.
    public var moment: Timestamp

    /// How many bytes a reason may have.
    public static let reasonLimit = 4_000
    /// How many bytes a name may have.
    public static let authorLimit = 200

    /// Joins the parts.
    public init(finding: String, action: Action, reason: String, author: String, moment: Timestamp) {
        self.finding = finding
        self.action = action
        self.reason = reason
        self.author = author
        self.moment = moment
    }

    /// Appends the annotation as one JSON object without a line end.
    public func write(json buffer: inout TextBuffer) {
        buffer.append("{\"finding\":")
        buffer.append(jsonString: finding)
        buffer.append(",\"action\":")
        buffer.append(jsonString: action.rawValue)
        buffer.append(",\"reason\":")
        buffer.append(jsonString: reason)
        buffer.append(",\"by\":")
        buffer.append(jsonString: author)
        buffer.append(",\"moment\":")
        buffer.append(jsonMoment: moment)
        buffer.append("}")
    }
}

/// All that people said in a case, and what of it holds.
public struct Annotations: Sendable, Hashable {
    /// What holds of a finding.
    public struct Standing: Sendable, Hashable {
        /// Why it does not count, if it does not.
        public var suppression: Annotation?
        /// Who confirmed it, if somebody did.
        public var confirmation: Annotation?
        /// Who disagrees.
        public var disputes: [Annotation] = []

        /// Nothing was said.
        public init() {}

        fileprivate mutating func take(_ annotation: Annotation) {
            switch annotation.action {
            case .suppress: (suppression, confirmation) = (annotation, nil)
            case .confirm: (suppression, confirmation) = (nil, annotation)
            case .dispute: disputes.append(annotation)
            case .withdraw: self = Standing()
            }
        }

        /// Whether nothing holds.
        public var isEmpty: Bool { suppression == nil && confirmation == nil && disputes.isEmpty }
    }

    /// Everything, in the order in which it was said.
    public let all: [Annotation]
    private let standings: [String: Standing]

    /// Works out what holds: the later of a suppression and a confirmation, every dispute, and nothing that came before a
    /// withdrawal.
    public init(_ all: [Annotation] = []) {
        self.all = all
        var standings: [String: Standing] = [:]
        for annotation in all {
            // In place: a hundred thousand disputes of one finding are not copied a hundred thousand times.
            standings[annotation.finding, default: Standing()].take(annotation)
        }
        self.standings = standings.filter { !$0.value.isEmpty }
    }

    /// What holds of a finding.
    public func standing(of finding: String) -> Standing { standings[finding] ?? Standing() }

    /// Everything, and whether it holds.
    public var judged: [(annotation: Annotation, holds: Bool)] {
        // What was said in the same words twice holds twice; a withdrawal never does.
        var holding: Set<Annotation> = []
        for standing in standings.values {
            holding.formUnion([standing.suppression, standing.confirmation].compactMap { $0 })
            holding.formUnion(standing.disputes)
        }
        return all.map { ($0, holding.contains($0)) }
    }

    /// The findings of which something holds, in byte order.
    public var findings: [String] { standings.keys.sorted() }
}
