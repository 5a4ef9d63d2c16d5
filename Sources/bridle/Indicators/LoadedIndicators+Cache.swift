import FileFormats
import Foundation
import IndicatorStore
import Indicators
import Primitives

extension LoadedIndicators {
    /// Sets of fewer bytes are loaded faster than anybody notices, and would push large ones out of the cache.
    private static let cachedFrom = 1 << 20
    /// The name under which the cache keeps what is known of the files.
    private static let listing = "files"

    /// Loads files, or takes what an earlier run made of the same files.
    static func load(_ inputs: [Input], cache folder: String) throws -> LoadedIndicators {
        var identities: [IndicatorSet.Cache.Input] = []
        var size = 0
        for input in inputs {
            if let stored = input.stored {
                identities.append(IndicatorSet.Cache.Input(name: input.name, digest: stored.digest))
                size += min(stored.size, 1 << 40)
            } else {
                // What can't be read is told by whoever loads it.
                guard let file = try? input.open(), let digest = try? file.digest() else {
                    return try LoadedIndicators(inputs)
                }
                identities.append(IndicatorSet.Cache.Input(name: input.name, digest: digest))
                size += min(file.count, 1 << 40)
            }
        }
        guard size >= cachedFrom else { return try LoadedIndicators(inputs) }
        let cache = IndicatorSet.Cache(folder: folder)
        if let content = cache.content(for: identities), let known = try known(content, inputs) { return known }
        let loaded = try LoadedIndicators(inputs)
        // A feed's events are files of their own, which the identity of its manifest does not cover.
        guard !loaded.files.contains(where: { $0.form == IndicatorFile.Form.sharedFeed.name }) else { return loaded }
        try? FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: folder).deletingLastPathComponent().path, withIntermediateDirectories: true)
        // A check goes on without a cache.
        try? cache.store(
            IndicatorSet.Cache.Content(
                set: loaded.set, problems: loaded.problems, extras: [listing: loaded.listingBytes]), for: identities)
        return loaded
    }

    /// What an earlier run kept; nothing if it does not fit the files.
    private static func known(
        _ content: IndicatorSet.Cache.Content, _ inputs: [Input]
    ) throws -> LoadedIndicators? {
        guard let bytes = content.extras[listing], let list = try? JSONValue(bytes, depthLimit: 8).list,
            list.count == inputs.count
        else { return nil }
        var files: [File] = []
        var patterns: [CompoundPattern] = []
        for input in inputs {
            guard let object = list.first(where: { $0["name"]?.text == input.name }), let form = object["form"]?.text,
                let count = object["indicators"]?.integer.flatMap({ Int(exactly: $0) }),
                let problems = object["problems"]?.integer.flatMap({ Int(exactly: $0) })
            else { return nil }
            var publication = IndicatorFile.Publication()
            publication.publisher = object["publisher"]?.text
            publication.title = object["title"]?.text
            publication.licence = object["licence"]?.text
            publication.marking = object["marking"]?.text
            publication.created = object["created"]?.text.flatMap { Timestamp(rfc3339: $0) }
            publication.modified = object["modified"]?.text.flatMap { Timestamp(rfc3339: $0) }
            files.append(
                File(
                    name: input.name, stored: input.stored, form: form, publication: publication, indicators: count,
                    problems: problems))
            // Patterns are few, and are read again from their file.
            if object["has_patterns"]?.truth == true {
                var builder = IndicatorSet.Builder()
                patterns += try load(input, into: &builder).patterns
            }
        }
        return LoadedIndicators(set: content.set, files: files, patterns: patterns, problems: content.problems)
    }

    private var listingBytes: [UInt8] {
        var buffer = TextBuffer()
        let patterned = Set(patterns.map(\.source))
        buffer.append("[")
        for (index, file) in files.enumerated() {
            buffer.append(index > 0 ? ",{\"name\":" : "{\"name\":")
            buffer.append(jsonString: file.name)
            buffer.append(",\"indicators\":")
            buffer.append(decimal: Int64(file.indicators))
            buffer.append(",\"problems\":")
            buffer.append(decimal: Int64(file.problems))
            buffer.append(patterned.contains(file.name) ? ",\"has_patterns\":true" : ",\"has_patterns\":false")
            for (name, text) in [
                ("form", file.form), ("publisher", file.publication.publisher), ("title", file.publication.title),
                ("licence", file.publication.licence), ("marking", file.publication.marking),
                ("created", file.publication.created?.description),
                ("modified", file.publication.modified?.description),
            ] {
                guard let text else { continue }
                buffer.append(",")
                buffer.append(jsonString: name)
                buffer.append(":")
                buffer.append(jsonString: text)
            }
            buffer.append("}")
        }
        buffer.append("]")
        return buffer.bytes
    }
}
