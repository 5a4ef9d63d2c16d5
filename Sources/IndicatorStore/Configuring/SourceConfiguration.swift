/// A publisher of indicators that an update asks.
public struct SourceConfiguration: Sendable, Hashable {
    /// What lies at the address.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A list of files in YAML.
        case index
        /// One file with indicators, of any form.
        case file
        /// One pack.
        case pack
        /// A feed of MISP: a manifest and one file for each event.
        case misp
        /// A server of TAXII 2.1.
        case taxii

        /// In words.
        public var words: String {
            switch self {
            case .index: "index of files"
            case .file: "file"
            case .pack: "pack"
            case .misp: "MISP feed"
            case .taxii: "TAXII 2.1 server"
            }
        }
    }

    /// The name that a person calls it by; the first part of the names of its files.
    public var name: String
    /// What lies at the address.
    public var kind: Kind
    /// The address.
    public var address: String
    /// The publisher's key: then a right signature is asked for.
    public var key: PublisherKey?
    /// Where the signature lies, if not at the address with `.minisig` behind it.
    public var signatureAddress: String?
    /// Who publishes, if the files do not say.
    public var publisher: String?
    /// Under which licence, if the files do not say.
    public var licence: String?
    /// The collections of a TAXII server; all that may be read if none is named.
    public var collections: [String] = []
    /// The variables of the environment that hold a name and a password.
    public var userVariable: String?
    public var passwordVariable: String?
    /// The variable of the environment that holds a token.
    public var tokenVariable: String?
    /// Whether an update without names asks it.
    public var isEnabled = true
    /// Whether it is one of the defaults.
    public var isDefault = false

    /// A source.
    public init(name: String, kind: Kind, address: String) {
        self.name = name
        self.kind = kind
        self.address = address
    }

    /// The two public collections of mobile spyware and stalkerware; listed, and asked only by an update.
    public static let defaults: [SourceConfiguration] = {
        var collection = SourceConfiguration(
            name: "mvt", kind: .index,
            address: "https://raw.githubusercontent.com/mvt-project/mvt-indicators/main/indicators.yaml")
        collection.publisher = "MVT project"
        collection.isDefault = true
        var stalkerware = SourceConfiguration(
            name: "echap", kind: .file,
            address: "https://raw.githubusercontent.com/AssoEchap/stalkerware-indicators/master/ioc.yaml")
        stalkerware.publisher = "Echap"
        stalkerware.isDefault = true
        return [collection, stalkerware]
    }()
}
