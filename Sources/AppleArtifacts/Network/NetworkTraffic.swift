import ArtifactModel
import FileFormats

/// How many bytes a process sent and received, as REAL or INTEGER the way the evidence stores them.
///
/// A way of connecting that a release does not count is absent, and says nothing of the others.
struct NetworkTraffic: Sendable {
    var wifiReceived: Double?
    var wifiSent: Double?
    var cellularReceived: Double?
    var cellularSent: Double?
    var wiredReceived: Double?
    var wiredSent: Double?

    /// Fields for the record that holds the numbers.
    static func fields<Subject>(_ traffic: @escaping @Sendable (Subject) -> NetworkTraffic) -> [Field<Subject>] {
        [
            Field("wifi_received", real: { traffic($0).wifiReceived }, "bytes"),
            Field("wifi_sent", real: { traffic($0).wifiSent }, "bytes"),
            Field("cellular_received", real: { traffic($0).cellularReceived }, "bytes"),
            Field("cellular_sent", real: { traffic($0).cellularSent }, "bytes"),
            Field("wired_received", real: { traffic($0).wiredReceived }, "bytes, netusage.sqlite only"),
            Field("wired_sent", real: { traffic($0).wiredSent }, "bytes, netusage.sqlite only"),
        ]
    }

    /// The columns of a scan, in the order in which `init(_:from:)` takes them.
    static func columns(of alias: String) -> [String] {
        ["ZWIFIIN", "ZWIFIOUT", "ZWWANIN", "ZWWANOUT", "ZWIREDIN", "ZWIREDOUT"].map { "\(alias).\($0)" }
    }
}

extension NetworkTraffic {
    /// Takes the six columns of ``columns(of:)`` from a row.
    init(_ row: borrowing SQLiteRow, from column: Int) {
        self.init(
            wifiReceived: row.real(column), wifiSent: row.real(column + 1), cellularReceived: row.real(column + 2),
            cellularSent: row.real(column + 3), wiredReceived: row.real(column + 4), wiredSent: row.real(column + 5))
    }
}
