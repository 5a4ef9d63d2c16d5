import ArtifactModel

/// Finds the artefacts that a rule looks at.
struct LogSources {
    let tables: [FieldTable]

    /// What is wrong.
    struct Reason: Error {
        let words: String
        init(_ words: String) { self.words = words }
    }

    /// The numbers of the tables; more than one only for a category or a product alone.
    func tables(for source: LogSource) throws(Reason) -> [Int] {
        var found = Array(tables.indices)
        if let product = source.product {
            let known = ["ios", "android"]
            guard known.contains(product) else {
                throw Reason(
                    "there is no product '\(product)'\(NearestName.suggestion(for: product, among: known)) Bridle reads "
                        + "telephones: ios and android")
            }
            found.removeAll { tables[$0].product != product }
            guard !found.isEmpty else { throw Reason("no artefact of the product '\(product)' is read yet") }
        }
        if let service = source.service {
            let name = service.lowercased().replacing("_", with: "-")
            found.removeAll { !LogSources.isNamed(tables[$0].artifact, name) }
            guard !found.isEmpty else {
                throw Reason(
                    "there is no artefact '\(service)'"
                        + NearestName.suggestion(
                            for: name,
                            among: tables.map(\.artifact)
                                + tables.compactMap { $0.artifact.split(separator: ".").last.map(String.init) })
                        + "; 'bridle artifacts list' names them")
            }
            guard found.count == 1 else {
                throw Reason(
                    "several artefacts are called '\(service)': "
                        + found.map { tables[$0].artifact }.joined(separator: ", "))
            }
        }
        if let category = source.category {
            let name = category.lowercased().replacing("_", with: "-")
            found.removeAll { !isOf(tables[$0], name) }
            guard !found.isEmpty else {
                throw Reason(
                    "there is no category '\(category)'" + NearestName.suggestion(for: name, among: categories)
                        + "; they are \(categories.joined(separator: ", "))")
            }
        }
        return found
    }

    private static func isNamed(_ artifact: String, _ name: String) -> Bool {
        artifact == name || artifact.hasSuffix("." + name)
    }

    private func isOf(_ table: FieldTable, _ category: String) -> Bool {
        table.family == category || table.columns.contains { $0.observable?.rawValue == category }
    }

    private var categories: [String] {
        Set(tables.compactMap(\.family) + Observable.Kind.allCases.map(\.rawValue)).sorted()
    }
}
