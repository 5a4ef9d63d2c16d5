import ArtifactModel
import Dispatch
import FileFormats
import Primitives
import Synchronization

/// SHA-256 of the content of every file of the evidence, for comparison with published hashes and for custody.
///
/// Read only when asked for (`--hashes`), because every byte of the evidence is read. Files are hashed a few at a time,
/// on all processors, piece by piece.
///
/// - SeeAlso: <https://csrc.nist.gov/pubs/fips/180-4/upd1/final>
enum FileHashes: Artifact {
    struct Entry: Record {
        var path: String
        var size: Int64?
        var digest: String

        static let fields: [Field<Self>] = [
            Field(
                "path", text: { $0.path }, shown: true,
                "absolute path on the device, identifiers in place of the UUIDs of containers"),
            Field("size", integer: { $0.size }, "bytes of the content"),
            Field(
                "sha256", .observable(Observable(.fileHash, .installed)), text: { $0.digest },
                "SHA-256 of the content, decrypted where the container encrypts; hexadecimal digits"),
        ]
    }

    static let card = ArtifactCard(
        "apple.files.file-hashes", "File hashes",
        summary: "SHA-256 of the content of every file that the evidence holds, when asked for",
        places: [.everything],
        standing: .documented,
        losses: [
            "One changed byte gives another hash: a file that was altered slightly is not recognised",
            "Published hashes of other algorithms are not compared",
        ],
        references: [
            Reference(
                "NIST", "FIPS 180-4, Secure Hash Standard", date: "2015-08-04",
                link: "https://csrc.nist.gov/pubs/fips/180-4/upd1/final")
        ])

    static let isOnRequest = true

    /// Enough for all processors to have work while one file is large, few enough to stop soon.
    private static let batchSize = 64

    static func decode(
        _ file: EvidenceFile, in evidence: any Evidence, into sink: inout some RecordSink<Entry>
    ) throws {
        evidence.expectEveryFile()
        var batch: [EvidenceFile] = []
        try evidence.forEachFile { file in
            batch.append(file)
            if batch.count == batchSize {
                try hash(batch, into: &sink)
                batch = []
            }
        }
        try hash(batch, into: &sink)
    }

    /// Hashes side by side, and emits in the order of the files.
    private static func hash(_ files: [EvidenceFile], into sink: inout some RecordSink<Entry>) throws {
        let results = Mutex([Result<Entry, ParseError>?](repeating: nil, count: files.count))
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            let result = entry(files[index])
            results.withLock { $0[index] = result }
        }
        for (file, result) in zip(files, results.withLock { $0 }) {
            switch result {
            case .success(let entry): try sink.emit(entry, at: .key(file.citation))
            case .failure(let error): sink.note(error)
            case nil: break
            }
        }
    }

    private static func entry(_ file: EvidenceFile) -> Result<Entry, ParseError> {
        do throws(ParseError) {
            guard let digest = try file.contentDigest() else {
                return .failure(ParseError(.unreadable, "a container that can work out the hash of a content"))
            }
            return .success(Entry(path: file.devicePath, size: try Int64(file.open().count), digest: digest))
        } catch {
            return .failure(error)
        }
    }
}
