import ArtifactModel
import FileFormats
import Primitives

/// Reads reports of the crash reporter that list processes, for the artefacts that tell of them.
enum ProcessListReading {
    /// The header and the list, if the report is of a kind that is wanted; nothing for other reports.
    ///
    /// A report whose first line can't be read is taken for what its name says.
    static func read(
        _ file: EvidenceFile, kinds: Set<String>, names: [String], note: (ParseError) -> Void
    ) throws(ParseError) -> (header: CrashReportHeader, listing: ProcessListing)? {
        let source = try file.open()
        // Told by its first bytes: most reports are of another kind, and are noted by the artefact of all reports.
        let header = try CrashReportHeader(source.bytes(in: 0..<CrashReportHeader.lineLimit)) { _ in }
        let isWanted = header.bugType.map(kinds.contains) ?? names.contains { file.name.hasPrefix($0) }
        guard isWanted else { return nil }
        return (header, ProcessListing(try source.bytes(), at: header.bodyOffset, note: note))
    }
}
