import ArtifactModel
import Foundation
import Indicators
import TestSupport
import Testing

/// The tables of `Tests/Fixtures/indicators.matching`: text files with one case in a row, its parts separated by tabs.
///
/// `\u{…}` stands for a scalar that can't be seen, `\\` for a backslash. Rows that begin with `#` are headings.
enum ConformanceTable {
    struct Row: Sendable {
        /// The table's name and the number of the line.
        let place: String
        let cells: [String]
    }

    /// The rows of a table, each with as many cells as `columns` says.
    static func rows(_ name: String, columns: Int) -> [Row] {
        let file = Fixture.root.appending(path: "indicators.matching/\(name).tsv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
            guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map { plain($0) }
            return Row(place: "\(name).tsv:\(number + 1)", cells: cells.count == columns ? cells : [])
        }
    }

    private static func plain(_ cell: Substring) -> String {
        guard cell.contains("\\") else { return String(cell) }
        var text = String.UnicodeScalarView()
        var rest = cell.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let next = rest.popFirst() else {
                text.append(scalar)
                continue
            }
            guard next == "u", rest.popFirst() == "{", let end = rest.firstIndex(of: "}"),
                let number = UInt32(String(rest[..<end]), radix: 16), let meant = Unicode.Scalar(number)
            else {
                text.append(next)
                continue
            }
            text.append(meant)
            rest = rest[rest.index(after: end)...]
        }
        return String(text)
    }
}

/// One row: an indicator, a text of the evidence, and in what manner they agree, if they do.
struct MatchingCase: Sendable, CustomTestStringConvertible {
    let place: String
    let indicator: Indicator
    let kind: Observable.Kind
    let text: String
    let manner: IndicatorMatch.Manner?
    let why: String

    init?(_ row: ConformanceTable.Row) {
        guard row.cells.count == 6, let indicatorKind = Indicator.Kind(rawValue: row.cells[0]),
            let kind = Observable.Kind(rawValue: row.cells[2]),
            row.cells[4] == "none" || IndicatorMatch.Manner(rawValue: row.cells[4]) != nil
        else { return nil }
        place = row.place
        indicator = Indicator(indicatorKind, row.cells[1], source: "table")
        self.kind = kind
        text = row.cells[3]
        manner = IndicatorMatch.Manner(rawValue: row.cells[4])
        why = row.cells[5]
    }

    var testDescription: String { "\(place): \(indicator.value) ~ \(text): \(why)" }

    static let tables = ["addresses", "hosts", "identifiers", "links", "paths", "people", "processes"]

    static let rows = tables.flatMap { ConformanceTable.rows($0, columns: 6) }

    static let all = rows.compactMap { MatchingCase($0) }
}
