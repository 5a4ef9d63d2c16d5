import CaseModel
import Primitives

extension Coverage.Family {
    /// The name for people.
    var nameWords: String { name.isEmpty ? "No family named" : name }

    /// "1,411 of 1,549", or that none was loaded; with what is left if damage is taken off.
    var indicatorWords: String {
        guard indicators > 0 else { return "none loaded" }
        let whole = wholeIndicators < comparableIndicators ? ", \(wholeIndicators.grouped) without damage" : ""
        return "\(comparableIndicators.grouped) of \(indicators.grouped)" + whole
    }

    /// "4 of 5", or that there are none; with what is left if damage is taken off.
    var checkWords: String {
        guard checks > 0 else { return "none" }
        let whole = wholeChecks < appliedChecks ? ", \(wholeChecks.grouped) without damage" : ""
        return "\(appliedChecks.grouped) of \(checks.grouped)" + whole
    }

    /// How far back the records reach that could have matched, and the years that traces were published for.
    var reachWords: String {
        var parts: [String] = []
        if let reach {
            parts.append("\(reach.lowerBound.day) to \(reach.upperBound.day)")
        } else {
            parts.append(examined.isEmpty ? "nothing that could match" : "no moments")
        }
        if let years {
            let span = years.last.map { $0 == years.first ? "\($0)" : "\(years.first) to \($0)" }
            parts.append("published for " + (span ?? "\(years.first) and after"))
        }
        return parts.joined(separator: "; ")
    }

    /// In how many kinds of record a trace could have been seen, and how many could show one.
    var placeWords: String {
        let all = examined.count + missing.count
        return all == 0 ? "none" : "\(examined.count.grouped) of \(all.grouped)"
    }
}

extension Coverage {
    /// The families for a terminal: those with the most published for them first.
    func leadingFamilies(_ limit: Int) -> [Family] {
        let named = families.filter { !$0.name.isEmpty }
        return Array(
            named.sorted { left, right in
                let (first, second) = (left.indicators + left.checks, right.indicators + right.checks)
                return first != second ? first > second : left.name < right.name
            }.prefix(limit))
    }
}

extension Measurement? {
    /// "17 of 1,257 records: two files of test devices", or that nobody counted.
    var words: String {
        guard let self else { return "Not measured." }
        return "\(self.hits.grouped) of \(self.records.of("record", "records")): \(self.corpus)."
    }
}

extension Annotation {
    /// "Suppressed by A. Analyst on 2026-11-22: own test account".
    var words: String {
        let done =
            switch action {
            case .suppress: "Suppressed"
            case .dispute: "Disputed"
            case .confirm: "Confirmed"
            case .withdraw: "Withdrawn"
            }
        return "\(done) by \(author) on \(moment.words): \(reason)"
    }
}

extension Annotations.Standing {
    /// Everything that holds, a sentence each.
    var words: [String] { ([confirmation, suppression].compactMap { $0 } + disputes).map(\.words) }
}
