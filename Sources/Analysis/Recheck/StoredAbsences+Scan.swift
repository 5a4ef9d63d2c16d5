import ArtifactModel
import CaseModel
import FileFormats
import Primitives
import RuleLanguage

extension StoredAbsences {
    /// Whether content was stored. A case says it; where an older one does not, its records are looked through for a
    /// field that has some.
    static func hasContent(
        _ report: CaseReport, _ path: String, _ layouts: [StoredLayout], _ progress: RunProgress
    ) -> Bool {
        if let said = report.includesContent { return said }
        let known = Dictionary(layouts.map { ($0.card.identifier, $0) }) { first, _ in first }
        return report.coverage.artifacts.contains { artifact in
            guard artifact.records > 0, let layout = known[artifact.identifier] else { return false }
            let names = layout.fields.filter(\.isContent).map(\.name)
            return !fields(path, layout, among: names, first: true, progress).isEmpty
        }
    }

    /// What was not stored of each artefact that a case and this version both know.
    ///
    /// A version writes all fields that it knows. In cases of other versions the records are looked through for the fields
    /// that rules ask of; a field that none of them has counts as not stored.
    static func all(
        of report: CaseReport, _ path: String, _ layouts: [StoredLayout], _ rules: RuleSet, hasContent: Bool,
        version: String, _ progress: RunProgress
    ) -> [String: StoredAbsences] {
        let known = Dictionary(layouts.map { ($0.card.identifier, $0) }) { first, _ in first }
        let artifacts = report.coverage.artifacts.compactMap { artifact in
            artifact.records > 0 ? known[artifact.identifier] : nil
        }
        var absences: [String: StoredAbsences] = [:]
        for layout in artifacts {
            var absence = StoredAbsences(hasContent: hasContent)
            if report.toolVersion != version {
                let wanted = wanted(layout, rules, hasContent)
                absence.unwritten = Set(wanted).subtracting(
                    fields(path, layout, among: wanted, first: false, progress))
            }
            absences[layout.card.identifier] = absence
        }
        return absences
    }

    /// The fields of an artefact that rules look at, group by, measure or take the time from.
    private static func wanted(_ layout: StoredLayout, _ rules: RuleSet, _ hasContent: Bool) -> [String] {
        guard let program = rules.programs[layout.card.identifier], !program.rules.isEmpty else { return [] }
        var names = Set(
            program.rules.flatMap { program.fields(of: $0) }.filter(layout.fields.indices.contains)
                .map { layout.fields[$0].name })
        for rule in program.rules {
            names.formUnion(rules.rules[rule.rule].head.card.times)
            for use in rules.rules[rule.rule].uses {
                let member = rules.correlations[use.correlation].members[use.member]
                names.formUnion(member.groupFields + member.valueFields)
            }
        }
        if let first = program.table.firstMoment { names.insert(program.table.columns[first].name) }
        return layout.fields.filter { names.contains($0.name) && (hasContent || !$0.isContent) }.map(\.name)
    }

    /// Those of some fields that any record has, or the first of them that one has.
    private static func fields(
        _ folder: String, _ layout: StoredLayout, among names: [String], first: Bool, _ progress: RunProgress
    ) -> Set<String> {
        var left = Set(names)
        guard !left.isEmpty, let reader = try? LineReader(folder + "/records/\(layout.card.identifier).jsonl") else {
            return []
        }
        while !left.isEmpty, !(first && left.count < names.count), !progress.isStopped, let line = reader.next() {
            guard case .whole(let bytes) = line else { continue }
            bytes.withUnsafeBufferPointer { buffer in
                guard var members = JSONMembers(buffer, at: 0, depthLimit: 128) else { return }
                // A damaged line ends here, and is told when it is judged.
                while let member = try? members.next() { left.remove(member.name.string) }
            }
        }
        return Set(names).subtracting(left)
    }
}
