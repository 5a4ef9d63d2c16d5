import CaseModel
import FileFormats
import Primitives

extension Recheck {
    /// Reads `changes.json` of a case folder; nothing if it has none, or none that can be read.
    static func read(in folder: String) -> Recheck? {
        guard let bytes = try? LineReader.bytes(folder + "/changes.json", limit: 16 << 20),
            let object = try? JSONValue(bytes, depthLimit: 8), let earlier = object["earlier"],
            let path = earlier["path"]?.text, let ended = earlier["ended"]?.text.flatMap({ Timestamp(rfc3339: $0) })
        else { return nil }
        var recheck = Recheck(
            earlierCase: path, earlierVersion: earlier["version"]?.text ?? "", earlierEnd: ended,
            earlierDigest: earlier["indicators"]?.text ?? "")
        func count(_ name: String, _ counts: JSONValue? = object["counts"]) -> Int {
            guard let number = counts?[name]?.integer, (0..<1 << 40).contains(number) else { return 0 }
            return Int(number)
        }
        recheck.addedCount = count("new")
        recheck.goneCount = count("no_longer_matched")
        recheck.unchangedCount = count("unchanged")
        recheck.carriedCount = count("carried_over")
        let ofRules = object["counts"]?["of_rules"]
        recheck.ofRules.added = count("new", ofRules)
        recheck.ofRules.gone = count("no_longer_matched", ofRules)
        recheck.ofRules.unchanged = count("unchanged", ofRules)
        recheck.ofRules.carried = count("carried_over", ofRules)
        recheck.added = changes(object["new"])
        recheck.gone = changes(object["no_longer_matched"])
        recheck.onlyTheEvidence =
            object["only_the_evidence_can_answer"]?.list?.prefix(100).compactMap(\.text) ?? []
        return recheck
    }

    private static func changes(_ list: JSONValue?) -> [Change] {
        (list?.list ?? []).prefix(listed).compactMap { object in
            guard let identifier = object["id"]?.text, let title = object["title"]?.text else { return nil }
            return Change(
                identifier: identifier, severity: object["severity"]?.text ?? "", title: title,
                artifact: object["artifact"]?.text ?? "",
                moment: object["moment"]?.text.flatMap { Timestamp(rfc3339: $0) }, place: object["place"]?.text ?? "",
                value: object["value"]?.text ?? "", source: object["source"]?.text ?? "",
                rule: object["rule"]?.text ?? "",
                isKnownOtherwise: object["known_from_another_source"]?.truth ?? false)
        }
    }
}
