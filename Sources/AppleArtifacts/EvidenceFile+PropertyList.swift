import ArtifactModel
import FileFormats
import Primitives

extension EvidenceFile {
    /// Reads the whole file as a property list.
    func propertyList() throws(ParseError) -> PropertyList { try PropertyList(parsing: try open().bytes()) }
}
