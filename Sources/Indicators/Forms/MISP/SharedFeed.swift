import FileFormats
import Primitives

/// The manifest of a MISP feed: which events it has, each in a file `UUID.json` beside it.
///
/// Source: https://www.misp-project.org/feeds/ and https://github.com/MISP/PyMISP/tree/main/examples/feed-generator
public enum SharedFeed {
    /// The most events of a feed.
    static let eventLimit = 200_000

    /// The names of the event files that a manifest lists, in byte order; `nil` if the text is no manifest.
    ///
    /// Only names that are UUIDs: a manifest can't name a file elsewhere.
    public static func eventFiles(in manifest: [UInt8]) -> [String]? {
        var reader = JSONReader(manifest, depthLimit: 64)
        var names: Set<String> = []
        do throws(ParseError) {
            guard try reader.enterObject() else { return nil }
            while let key = try reader.key() {
                guard isUUID(key) else { return nil }
                if names.count < eventLimit { names.insert(key + ".json") }
            }
        } catch {
            guard !names.isEmpty else { return nil }
        }
        return names.isEmpty ? nil : names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func isUUID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return false }
        return bytes.enumerated().allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index)
                ? byte == UInt8(ascii: "-") : byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
        }
    }
}
