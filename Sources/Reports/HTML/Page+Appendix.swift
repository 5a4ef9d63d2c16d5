import ArtifactModel
import CaseModel
import Primitives

/// What lets somebody else check the report: sources, the device's numbers, the digests of the files.
struct AppendixSection: Sendable {
    /// A source and the findings that rest on it.
    struct Source: Sendable {
        var citation: Line
        var citedBy: [Line]
    }

    /// A file that was read.
    struct File: Sendable {
        var filePath: Line
        var fileDigest: Line
    }

    let citations: [Source]
    let identification: [Page.Fact]
    let files: [File]
    let furtherFiles: Line

    init(of report: CaseReport, groups: [FindingGroup]) {
        citations = AppendixSection.citations(of: groups)
        identification = AppendixSection.identification(of: report.evidence.device)
        // One file can serve two artefacts; it is listed once, with its digest if any of the two worked it out. Paths
        // are compared as bytes: as texts, two spellings of one accented name would be one file.
        var digests: [[UInt8]: String] = [:]
        for file in report.coverage.artifacts.flatMap(\.files) {
            let path = Array(file.path.utf8)
            digests[path] = file.digest ?? digests[path] ?? "not worked out"
        }
        let paths = digests.keys.sorted { $0.lexicographicallyPrecedes($1) }
        files = paths.prefix(Page.Limit.digests).map { path in
            File(
                filePath: Line(String(decoding: path, as: UTF8.self), limit: 4_000),
                fileDigest: Line(digests[path] ?? ""))
        }
        let hidden = digests.count - files.count
        furtherFiles =
            hidden == 0 ? .none : Line("\(hidden.of("more file", "more files")): see case.json in the case folder.")
    }

    private static func citations(of groups: [FindingGroup]) -> [Source] {
        var numbers: [String: [Int]] = [:]
        for (index, group) in groups.prefix(Page.Limit.cards).enumerated() {
            // In a group all indicators are the same; references of a check are those of its declaration.
            for source in group.first.publishedSources where numbers[source]?.last != index + 1 {
                numbers[source, default: []].append(index + 1)
            }
        }
        return numbers.keys.sorted().map { source in
            Source(citation: Line(source), citedBy: (numbers[source] ?? []).map { Line(String($0)) })
        }
    }

    private static func identification(of device: EvidenceSummary.Device) -> [Page.Fact] {
        let values = [
            ("Serial number", device.serialNumber), ("IMEI", device.imei), ("Telephone number", device.phoneNumber),
            ("Device identifier", device.identifier),
        ]
        return values.compactMap { name, value in value.map { Page.Fact(name, $0) } }
    }
}
