import ArtifactModel
import FileFormats
import Primitives

/// What is missing or odd about a file system as a whole, in sentences.
enum ImageRemarks {
    /// In a fixed order; empty if nothing is odd.
    static func sentences(
        _ listing: ArchiveListing, _ root: DeviceRoot, _ containers: ContainerNames
    ) -> [String] {
        var sentences: [String] = []
        for damage in listing.damage { sentences.append("The list of files is damaged: \(damage).") }
        if let cut = listing.members.last, cut.isCut {
            sentences.append("The archive ends in the middle of a file; what stood behind that is missing.")
        }
        func count(_ number: Int, _ one: String, _ many: String) {
            if number > 0 { sentences.append(number == 1 ? "1 " + one : "\(number) " + many) }
        }
        count(
            listing.outside, "member has a name that leads out of its folder ('..') and is left out.",
            "members have names that lead out of their folders ('..') and are left out.")
        count(
            listing.unusable, "member has a name that is no path and is left out.",
            "members have names that are no paths and are left out.")
        count(
            listing.duplicates, "member has the path of an earlier one; only the first is read.",
            "members have the path of an earlier one; only the first is read.")
        count(
            listing.malformedNames, "name is not UTF-8; its bytes are shown as \\x and two digits.",
            "names are not UTF-8; their bytes are shown as \\x and two digits.")
        count(
            listing.members.count { $0.packing == .encrypted }, "member is encrypted and can't be read.",
            "members are encrypted and can't be read; unpack the archive with its password first.")
        count(
            listing.members.count { $0.packing == .unsupported }, "member is packed in a way that is not read.",
            "members are packed in a way that is not read; unpack the archive first.")
        count(
            listing.members.count { $0.packing == .sparse }, "member is stored with its holes and is not read.",
            "members are stored with their holes and are not read; unpack the archive first.")
        count(
            containers.unnamed, "container does not say whose it is; its files are found under its UUID.",
            "containers do not say whose they are; their files are found under UUIDs.")
        count(
            containers.unreadable, "container's description can't be read; its files are found under its UUID.",
            "containers' descriptions can't be read; their files are found under UUIDs.")
        for other in root.others.prefix(10) {
            let shown = EvidenceError.shown(FileSystemImage.shown(other[...]))
            let chosen = root.mounts.first.map { FileSystemImage.shown($0.archive[...]) } ?? ""
            sentences.append(
                "\(name(shown)) looks like the root of a device, too, and is not read: "
                    + "more files lie below \(name(EvidenceError.shown(chosen))).")
        }
        count(
            max(0, root.others.count - 10), "more folder looks like the root of a device.",
            "more folders look like the root of a device.")
        return sentences
    }

    private static func name(_ path: String) -> String { path.isEmpty ? "the top of the evidence" : path }
}

extension FileSystemImage {
    /// What to say of evidence without a device's root.
    static func noRoot(in listing: ArchiveListing, _ path: String) -> EvidenceError {
        let shown = EvidenceError.shown(path)
        if let damage = listing.damage.first, listing.members.isEmpty {
            return EvidenceError(
                .damaged, "\(shown) can't be read as an archive (\(damage)). Use another copy of it.")
        }
        var isBackup = false
        listing.paths.forEachChild(of: []) { name, file in
            isBackup =
                file == nil
                ? listing.paths.index(of: Array(name) + Array("\0Manifest.db".utf8)) != nil
                : name.elementsEqual("Manifest.db".utf8)
            return !isBackup
        }
        if isBackup {
            return EvidenceError(
                .notEvidence, "\(shown) holds an iOS backup: unpack it, and give the folder of the backup.")
        }
        let cut = listing.damage.isEmpty ? "" : " in what is left of it (\(listing.damage[0]))"
        return EvidenceError(
            .notEvidence,
            "\(shown) holds no file system of a device\(cut): expected private/var/mobile, var/mobile, or mobile with "
                + "its Library, below any folder. Accepted are \(EvidenceError.acceptedEvidence).")
    }
}
