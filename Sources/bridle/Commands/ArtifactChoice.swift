import AppleArtifacts
import ArtifactModel
import Primitives

/// Finds artefacts by the identifiers that a person typed.
enum ArtifactChoice {
    /// The artefacts named, or all that are read unasked if none is named; `hashes` adds the hashes of all files.
    static func artifacts(_ identifiers: [String], hashes: Bool = false) throws -> [any Artifact.Type] {
        let isHashes = { (identifier: String) in hashes && identifier == "apple.files.file-hashes" }
        guard !identifiers.isEmpty else {
            return AppleArtifactsCatalog.artifacts.filter { !$0.isOnRequest || isHashes($0.card.identifier) }
        }
        let chosen =
            try identifiers.map { try artifact($0).card.identifier } + (hashes ? ["apple.files.file-hashes"] : [])
        return AppleArtifactsCatalog.artifacts.filter { chosen.contains($0.card.identifier) }
    }

    /// The artefact of an identifier, or of its last word if that is clear.
    static func artifact(_ identifier: String) throws -> any Artifact.Type {
        let all = AppleArtifactsCatalog.artifacts
        if let exact = all.first(where: { $0.card.identifier == identifier }) { return exact }
        let short = all.filter { $0.card.identifier.hasSuffix("." + identifier) }
        if short.count == 1 { return short[0] }
        throw Failure(
            .usage,
            "There is no artefact '\(identifier.printableName)'."
                + Nearest.suggestion(for: identifier, among: all.map { $0.card.identifier })
                + " 'bridle artifacts list' shows them all.")
    }
}
