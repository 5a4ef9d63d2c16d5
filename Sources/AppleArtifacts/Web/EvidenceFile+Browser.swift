import ArtifactModel

extension EvidenceFile {
    /// The component of the path on the device that follows the last one of this name, if it is a folder.
    func folder(behind name: String) -> String? {
        let parts = devicePath.split(separator: "/")
        guard let index = parts.lastIndex(where: { $0 == name }), index + 2 < parts.count else { return nil }
        return String(parts[index + 1])
    }
}
