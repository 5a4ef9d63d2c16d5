/// A part of the criteria: an item, or several parts joined by AND or OR.
struct OpenIOCNode {
    typealias Refusal = IndicatorPattern.Refusal

    /// What it says.
    indirect enum Content {
        /// One comparison, or why there is none.
        case item(Result<PatternComparison, Refusal>)
        case all([OpenIOCNode])
        case any([OpenIOCNode])
    }

    /// The publisher's identifier.
    let identifier: String
    /// What was remarked on it.
    var comment: String?
    /// The kind of record that all comparisons in it speak about, such as `FileItem`; `nil` if they are of several.
    let document: String?
    let content: Content

    /// An item.
    init(_ comparison: Result<PatternComparison, Refusal>, document: String, identifier: String, comment: String?) {
        (content, self.document) = (.item(comparison), document)
        (self.identifier, self.comment) = (identifier, comment)
    }

    /// Several parts; `nil` if there is none.
    init?(_ parts: [OpenIOCNode], isAll: Bool, identifier: String) {
        guard let first = parts.first else { return nil }
        if parts.count == 1 {
            content = first.content
            comment = first.comment
        } else {
            content = isAll ? .all(parts) : .any(parts)
        }
        document = parts.allSatisfy { $0.document == first.document } ? first.document : nil
        self.identifier = identifier
    }

    // MARK: - As a pattern of STIX

    /// Ways to join different records that are tried. Each is an alternative of the pattern.
    static let wayLimit = 100

    /// Comparisons of several kinds of records, each of which another record may fulfil.
    private typealias Way = [(document: String, comparison: ComparisonExpression)]

    /// The same as a pattern. Comparisons of one kind of record speak about one record, as they would about one file or
    /// process; those of another about another record, as an AND of several kinds could not be fulfilled otherwise.
    func expression() throws(Refusal) -> ObservationExpression {
        let alternatives = try ways().map { way in
            OpenIOCNode.joined(
                OpenIOCNode.grouped(way).map { .observation(OpenIOCNode.joined($0.parts, isAll: true)) })
        }
        return alternatives.count == 1 ? alternatives[0] : .any(alternatives)
    }

    private func ways() throws(Refusal) -> [Way] {
        if let document { return [[(document, try comparison())]] }
        switch content {
        case .item: return [[(document ?? "", try comparison())]]
        case .any(let parts):
            // Alternatives of one kind of record are one way.
            var single: Way = []
            var ways: [Way] = []
            for part in parts {
                if let document = part.document {
                    single.append((document, try part.comparison()))
                } else {
                    ways += try part.ways()
                }
                guard ways.count <= OpenIOCNode.wayLimit else { throw OpenIOCNode.tooManyWays }
            }
            ways += OpenIOCNode.grouped(single).map { [($0.document, OpenIOCNode.joined($0.parts, isAll: false))] }
            guard ways.count <= OpenIOCNode.wayLimit else { throw OpenIOCNode.tooManyWays }
            return ways
        case .all(let parts):
            var ways: [Way] = [[]]
            for part in parts {
                let more = try part.ways()
                guard ways.count * more.count <= OpenIOCNode.wayLimit else { throw OpenIOCNode.tooManyWays }
                if more.count == 1 {
                    for index in ways.indices { ways[index] += more[0] }
                } else {
                    ways = ways.flatMap { way in more.map { way + $0 } }
                }
            }
            return ways
        }
    }

    private static var tooManyWays: Refusal {
        Refusal(
            kind: .unsupportedPattern,
            reason: "The criteria can be fulfilled by different records in more than \(wayLimit) ways.")
    }

    /// The comparisons of one kind of record.
    private func comparison() throws(Refusal) -> ComparisonExpression {
        switch content {
        case .item(let result): return .comparison(try result.get())
        case .all(let parts):
            return .all(try parts.map { part throws(Refusal) in try part.comparison() })
        case .any(let parts):
            return .any(try parts.map { part throws(Refusal) in try part.comparison() })
        }
    }

    /// The comparisons of each kind of record, in the order in which the kinds first stand there.
    private static func grouped(_ way: Way) -> [(document: String, parts: [ComparisonExpression])] {
        var groups: [(document: String, parts: [ComparisonExpression])] = []
        var places: [String: Int] = [:]
        for (document, comparison) in way {
            let place = places[document] ?? groups.count
            if place == groups.count {
                places[document] = place
                groups.append((document, []))
            }
            groups[place].parts.append(comparison)
        }
        return groups
    }

    private static func joined(_ parts: [ComparisonExpression], isAll: Bool) -> ComparisonExpression {
        parts.count == 1 ? parts[0] : isAll ? .all(parts) : .any(parts)
    }

    private static func joined(_ parts: [ObservationExpression]) -> ObservationExpression {
        parts.count == 1 ? parts[0] : .all(parts)
    }
}
