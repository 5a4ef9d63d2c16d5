/// Collects the keys under which indicators are found.
struct IndicatorIndex {
    typealias Entry = (key: [UInt8], posting: ByteTable.Posting)

    var hosts: [Entry] = []
    var links: [Entry] = []
    var paths: [Entry] = []
    var fileNames: [Entry] = []
    var processes: [Entry] = []
    var processBeginnings: [Entry] = []
    var emailAddresses: [Entry] = []
    var applications: [Entry] = []
    var profiles: [Entry] = []
    var fileHashes: [Entry] = []
    var certificateHashes: [Entry] = []
    var pathsBehindHosts: [Int: [UInt8]] = [:]

    /// The number of bytes that iOS keeps of a process name where it cuts names (`MAXCOMLEN` in XNU's `sys/param.h`).
    static let truncation = 16

    mutating func add(_ indicator: Indicator, _ number: Int) {
        let posting = ByteTable.Posting(indicator: number, condition: .none)
        indicator.value.withBytes { bytes in
            let value = ComparableText.trimmed(bytes)
            guard !value.isEmpty else { return }
            switch indicator.kind {
            case .domainName, .ipv4Address, .ipv6Address: addHost(value, number)
            case .url: addLink(value, posting)
            case .processName:
                processes.append((Array(value), posting))
                if value.count > IndicatorIndex.truncation {
                    processBeginnings.append((Array(value[..<IndicatorIndex.truncation]), posting))
                }
            case .emailAddress: ComparableText.emailAddress(value).map { emailAddresses.append(($0, posting)) }
            case .fileName: fileNames.append((Array(value), posting))
            case .filePath: paths.append((DevicePath.normalise(value) { Array($0) }, posting))
            case .fileHashMD5, .fileHashSHA1, .fileHashSHA256, .fileHashSHA512:
                ComparableText.hash(value).map { fileHashes.append(($0, posting)) }
            case .certificateHash: ComparableText.hash(value).map { certificateHashes.append(($0, posting)) }
            case .applicationIdentifier: applications.append((ComparableText.identifier(value), posting))
            case .profileIdentifier: profiles.append((ComparableText.identifier(value), posting))
            case .androidProperty: break
            }
        }
    }

    private mutating func addHost(_ value: UnsafeBufferPointer<UInt8>, _ number: Int) {
        guard let domain = PublishedDomain(value) else { return }
        let posting = ByteTable.Posting(indicator: number, condition: domain.path == nil ? .none : .path)
        pathsBehindHosts[number] = domain.path
        hosts.append((domain.host, posting))
        // "www.example.org" stands for "example.org" too, but not for its other subdomains.
        if domain.path == nil, let rest = domain.host.withUnsafeBufferPointer(IndicatorSet.worldWideWebLength) {
            hosts.append(
                (Array(domain.host[rest...]), ByteTable.Posting(indicator: number, condition: .withoutWorldWideWeb)))
        }
    }

    private mutating func addLink(_ value: UnsafeBufferPointer<UInt8>, _ posting: ByteTable.Posting) {
        // A link without a scheme is meant for both.
        let keys = ["https", "http"].compactMap { Link.normalised(value, scheme: $0) }
        if keys.isEmpty { links.append((Array(value), posting)) }
        for (index, key) in keys.enumerated() where !keys[..<index].contains(key) { links.append((key, posting)) }
    }
}
