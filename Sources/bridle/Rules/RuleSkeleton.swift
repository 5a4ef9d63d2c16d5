import RuleLanguage

/// The text that a new rule begins with: it compiles, fires on its example, and names every member.
enum RuleSkeleton {
    static func text(_ identifier: String, _ table: FieldTable) -> String {
        let column =
            table.columns.first { $0.form == .text && $0.observable != nil }
            ?? table.columns.first { $0.form == .text } ?? table.columns.first
        let field = column?.name ?? "field"
        let fields = table.columns.map { "#   \($0.name): \($0.form.rawValue)" }.joined(separator: "\n")
        return """
            title: One line that says what the record shows
            id: \(identifier)
            status: experimental
            description: What is looked for, and why.
            author: ''
            date: 2026-01-01
            logsource:
              product: \(table.artifact.hasPrefix("android.") ? "android" : "ios")
              service: \(table.artifact)
            # The fields of this artefact ('bridle artifacts show \(table.artifact)' says what they mean):
            \(fields)
            detection:
              selection:
                \(field): a value that was published
              condition: selection
            falsepositives:
              - An ordinary cause of the same trace
            level: low
            bridle:
              version: 1
              surface: where the trace lies
              family: the spyware that the pattern was published for
              os: {from: '15.0', to: '16.0'}
              state: unknown
              meaning: What the record says, and which published pattern that is.
              limits: What it does not prove.
              next-step: What to do next, in the order that keeps evidence.
              sources:
                - organisation: Who published it
                  title: Its title
                  date: 2026-01-01
                  link: https://example.org/
              examples:
                fires:
                  - {\(field): a value that was published}
                quiet:
                  - {\(field): another value}

            """
    }
}
