import YAMLFormat

/// Fits rules to the field tables and to each other.
struct RuleCompiler {
    let tables: [FieldTable]
    var set = RuleSet()
    /// The documents by identifier and by name.
    private var known: [String: RuleHead] = [:]
    /// Where a rule went, by identifier and by name.
    private var rules: [String: Int] = [:]

    init(_ tables: [FieldTable]) { self.tables = tables }

    mutating func compile(_ files: [RuleFile]) {
        set.problems = files.flatMap(\.problems)
        var detections: [DetectionRule] = []
        var correlations: [CorrelationRule] = []
        var filters: [FilterRule] = []
        for document in files.flatMap(\.documents) {
            do throws(RuleProblem) {
                try register(document.head)
            } catch {
                set.problems.append(error)
                continue
            }
            let isIdle = [.deprecated, .unsupported].contains(document.head.status)
            switch document {
            case _ where isIdle: set.idle.append(document.head)
            case .notCheckable(let head): set.idle.append(head)
            case .detection(let rule): detections.append(rule)
            case .correlation(let rule): correlations.append(rule)
            case .filter(let rule): filters.append(rule)
            }
        }
        let wanted = resolve(filters, detections)
        for (number, rule) in detections.enumerated() {
            do throws(RuleProblem) {
                try add(rule, filters: wanted[number] ?? [])
            } catch {
                set.problems.append(error)
            }
        }
        var compiler = CorrelationCompiler(tables: tables, set: set, rules: rules, known: known)
        compiler.compile(correlations)
        set = compiler.set
        set.problems.sort {
            ($0.place.file, $0.place.line, $0.reason) < ($1.place.file, $1.place.line, $1.reason)
        }
    }

    private mutating func register(_ head: RuleHead) throws(RuleProblem) {
        for (noun, name) in [("id", head.id), ("name", head.name)] {
            guard let name else { continue }
            if let other = known[name] {
                throw RuleProblem(
                    head.place, "there are two rules with the \(noun) '\(name)'; the other one is at \(other.place)")
            }
        }
        if head.id == nil, head.name == nil, let other = known[head.identifier] {
            throw RuleProblem(
                head.place, "there are two rules without an id and with one title; the other one is at \(other.place)")
        }
        for name in [head.id, head.name, head.identifier] { if let name { known[name] = head } }
    }

    /// The filters of each rule, by the number of the rule.
    private mutating func resolve(_ filters: [FilterRule], _ rules: [DetectionRule]) -> [Int: [FilterRule]] {
        var wanted: [Int: [FilterRule]] = [:]
        for filter in filters {
            for name in filter.rules {
                guard
                    let number = rules.firstIndex(where: {
                        $0.head.id == name || $0.head.name == name || $0.head.identifier == name
                    })
                else {
                    set.problems.append(
                        RuleProblem(
                            filter.head.place,
                            "the filter names the rule '\(name)', which is not there"
                                + NearestName.suggestion(for: name, among: rules.map(\.head.identifier))))
                    continue
                }
                wanted[number, default: []].append(filter)
            }
        }
        return wanted
    }

    private mutating func add(_ rule: DetectionRule, filters: [FilterRule]) throws(RuleProblem) {
        let place = RulePlace(file: rule.head.place.file, line: rule.logSource.line)
        var candidates: [Int]
        do throws(LogSources.Reason) {
            candidates = try LogSources(tables: tables).tables(for: rule.logSource)
        } catch {
            throw RuleProblem(place, error.words)
        }
        if rule.logSource.service == nil {
            // A group of artefacts: those that have all fields of the rule.
            let fields = rule.detection.fields
            let fitting = candidates.filter { table in
                fields.allSatisfy { name in
                    tables[table].column(name.split(separator: ".").first.map(String.init) ?? name) != nil
                }
            }
            guard !fitting.isEmpty else {
                throw RuleProblem(
                    place,
                    "none of these artefacts has all fields of the rule (\(fields.joined(separator: ", "))): "
                        + candidates.map { tables[$0].artifact }.joined(separator: ", "))
            }
            candidates = fitting
        }
        var compiled: [(Int, ArtifactProgram)] = []
        for number in candidates {
            compiled.append((number, try program(rule, filters, tables[number])))
        }
        for (number, program) in compiled { set.programs[tables[number].artifact] = program }
        for name in [rule.head.id, rule.head.name, rule.head.identifier] {
            if let name { rules[name] = set.rules.count }
        }
        set.rules.append(
            RuleSet.Rule(head: rule.head, artifacts: candidates.map { tables[$0].artifact }.sorted()))
    }

    private func program(
        _ rule: DetectionRule, _ filters: [FilterRule], _ table: FieldTable
    ) throws(RuleProblem) -> ArtifactProgram {
        for time in rule.head.card.times {
            guard let column = table.column(time), table.columns[column].form == .moment else {
                throw RuleProblem(
                    rule.head.place,
                    "'times' names '\(time)', which is no field of \(table.artifact) that holds a time"
                        + NearestName.suggestion(
                            for: time, among: table.columns.filter { $0.form == .moment }.map(\.name)))
            }
        }
        var compiler = TestCompiler(
            set.programs[table.artifact] ?? ArtifactProgram(table), file: rule.head.place.file)
        let own = try expression(rule.detection, &compiler)
        // With everything that holds for any value taken as given, and nothing else: a rule that fires now fires on
        // whatever it does not exclude.
        guard !own.holds({ compiler.weak.contains($0) }) else {
            throw RuleProblem(
                RulePlace(file: rule.head.place.file, line: rule.detection.line),
                "the rule would fire on every record of \(table.artifact) that it does not exclude; say what it looks for"
            )
        }
        var parts = [own]
        for filter in filters {
            var other = TestCompiler(compiler.program, file: filter.head.place.file)
            parts.append(try expression(filter.detection, &other))
            compiler.program = other.program
        }
        compiler.program.rules.append(
            ArtifactProgram.Rule(rule: set.rules.count, expression: parts.count == 1 ? own : .all(parts)))
        return compiler.program
    }

    private func expression(
        _ detection: Detection, _ compiler: inout TestCompiler
    ) throws(RuleProblem) -> RuleExpression {
        var searches: [RuleExpression] = []
        for search in detection.searches { searches.append(try compiler.expression(search.search)) }
        return RuleCompiler.joined(detection.condition, searches)
    }

    private static func joined(_ condition: Condition, _ searches: [RuleExpression]) -> RuleExpression {
        switch condition {
        case .search(let number): searches[number]
        case .not(let part): .not(joined(part, searches))
        case .all(let parts): .all(parts.map { joined($0, searches) })
        case .any(let parts): .any(parts.map { joined($0, searches) })
        }
    }
}

extension Detection {
    /// The fields that are named anywhere, in byte order.
    var fields: [String] {
        var found: Set<String> = []
        func visit(_ search: Search) {
            switch search {
            case .all(let parts), .any(let parts): parts.forEach(visit)
            case .test(let test):
                if let field = test.field { found.insert(field) }
                if test.has(.fieldref) { found.formUnion(test.values.map(\.text)) }
            }
        }
        for search in searches { visit(search.search) }
        return found.sorted()
    }
}

extension RuleSet {
    /// Compiles the rules of some files against the fields of some artefacts.
    ///
    /// A rule that can't be used is left out and stands in ``problems``.
    public init(_ files: [RuleFile], tables: [FieldTable]) {
        var compiler = RuleCompiler(tables)
        compiler.compile(files)
        self = compiler.set
    }
}
