/// Where every kind of key is looked up.
///
/// A class, so that the sets that many threads hold share it for the price of one reference.
final class IndicatorTables: Sendable {
    let hosts: ByteTable
    let links: ByteTable
    let paths: ByteTable
    let fileNames: ByteTable
    let processes: ByteTable
    /// The first 16 bytes of process names that are longer.
    let processBeginnings: ByteTable
    let emailAddresses: ByteTable
    let applications: ByteTable
    let profiles: ByteTable
    let fileHashes: ByteTable
    let certificateHashes: ByteTable
    /// Paths that have to follow the host, for indicators that are published as a domain and have one.
    let pathsBehindHosts: [Int: [UInt8]]

    init(_ indicators: [Indicator]) {
        var index = IndicatorIndex()
        for (number, indicator) in indicators.enumerated() { index.add(indicator, number) }
        hosts = ByteTable(index.hosts, hash: ByteTable.backwardHash)
        links = ByteTable(index.links, hash: ByteTable.forwardHash)
        paths = ByteTable(index.paths, hash: ByteTable.forwardHash)
        fileNames = ByteTable(index.fileNames, hash: ByteTable.forwardHash)
        processes = ByteTable(index.processes, hash: ByteTable.forwardHash)
        processBeginnings = ByteTable(index.processBeginnings, hash: ByteTable.forwardHash)
        emailAddresses = ByteTable(index.emailAddresses, hash: ByteTable.forwardHash)
        applications = ByteTable(index.applications, hash: ByteTable.forwardHash)
        profiles = ByteTable(index.profiles, hash: ByteTable.forwardHash)
        fileHashes = ByteTable(index.fileHashes, hash: ByteTable.forwardHash)
        certificateHashes = ByteTable(index.certificateHashes, hash: ByteTable.forwardHash)
        pathsBehindHosts = index.pathsBehindHosts
    }
}
