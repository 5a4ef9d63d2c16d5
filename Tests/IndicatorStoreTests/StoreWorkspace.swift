import Foundation
import Primitives
import Testing

@testable import IndicatorStore

/// A store in a temporary folder that goes away with the test.
final class StoreWorkspace {
    let path: String
    let store: IndicatorStore

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bridle-store-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.resolvingSymlinksInPath().path
        store = IndicatorStore(folder: path + "/store/indicators")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(_ name: String) -> String { path + "/" + name }

    func write(_ bytes: [UInt8], to name: String) throws {
        let url = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

    func names(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(folder))) ?? []).sorted()
    }

    /// Adds one file; the generation that counts then.
    @discardableResult func add(_ name: String, _ text: String, _ second: Int64 = 0) throws -> Generation {
        let moment = try Self.moment(second)
        let change = try StoreChange(store, at: moment, patience: 0.2)
        try change.put(Array(text.utf8), name: name, at: moment)
        return try change.commit("add", at: moment)
    }

    /// A fixed day and some seconds.
    static func moment(_ second: Int64 = 0) throws -> Timestamp {
        try #require(Timestamp(unixSeconds: 1_700_000_000 + second))
    }

    /// Asks sources, and commits; what came of each.
    func update(
        _ sources: [SourceConfiguration], _ change: (inout Configuration) -> Void = { _ in },
        environment: [String: String] = [:], second: Int64 = 0, allowOlder: Bool = false
    ) async throws -> [SourceOutcome] {
        var configuration = Configuration()
        configuration.sources = sources
        configuration.limits.seconds = 20
        configuration.limits.silentSeconds = 10
        change(&configuration)
        let moment = try Self.moment(second)
        let store = try StoreChange(store, at: moment, patience: 0.2)
        let updater = Updater(
            store, configuration: configuration, environment: environment, allowOlder: allowOlder, at: moment)
        var outcomes: [SourceOutcome] = []
        for source in sources { outcomes.append(await updater.update(source)) }
        _ = try store.commit("update", at: moment)
        return outcomes
    }

    /// A STIX bundle with one domain.
    static func bundle(_ domain: String) -> String {
        """
        {"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[{"type":"indicator",\
        "spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-000000000002","created":"2026-01-01T00:00:00Z",\
        "modified":"2026-01-01T00:00:00Z","pattern":"[domain-name:value='\(domain)']","pattern_type":"stix",\
        "valid_from":"2026-01-01T00:00:00Z"}]}
        """
    }
}

extension SourceConfiguration {
    /// A source on this machine.
    static func local(_ kind: Kind, _ address: String, _ name: String = "here") -> SourceConfiguration {
        SourceConfiguration(name: name, kind: kind, address: address)
    }
}
