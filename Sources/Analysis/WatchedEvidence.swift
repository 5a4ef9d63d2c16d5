import ArtifactModel
import Primitives

/// The evidence as an artefact sees it: what is read of files on a walk is counted, and the walk ends when the person
/// stops the run.
struct WatchedEvidence: Evidence {
    let base: any Evidence
    let damage: SourceDamage
    let progress: RunProgress

    var summary: EvidenceSummary { base.summary }
    var contentScanner: (any ContentScanner)? { base.contentScanner }

    func files(at place: Place) throws(ParseError) -> [EvidenceFile] { try base.files(at: place) }
    func expectEveryFile() { base.expectEveryFile() }
    func canHold(_ place: Place) -> Bool { base.canHold(place) }
    func stores(_ containerPath: String) -> Bool { base.stores(containerPath) }

    func forEachFile(_ body: (EvidenceFile) throws -> Void) throws {
        try base.forEachFile { file in
            guard !progress.isStopped else { throw CancellationError() }
            let (damage, progress) = (damage, progress)
            try body(file.mapContents { damage.meter($0, progress) })
        }
    }
}
