public import Primitives

extension Recheck {
    /// Appends `changes.json`.
    public func write(json buffer: inout TextBuffer) {
        buffer.append("{\n\"earlier\":{\"path\":")
        buffer.append(jsonString: earlierCase)
        buffer.append(",\"version\":")
        buffer.append(jsonString: earlierVersion)
        buffer.append(",\"ended\":")
        buffer.append(jsonMoment: earlierEnd)
        buffer.append(",\"indicators\":")
        buffer.append(jsonString: earlierDigest)
        buffer.append("},\n\"counts\":{\"new\":")
        buffer.append(decimal: Int64(addedCount))
        buffer.append(",\"no_longer_matched\":")
        buffer.append(decimal: Int64(goneCount))
        buffer.append(",\"unchanged\":")
        buffer.append(decimal: Int64(unchangedCount))
        buffer.append(",\"carried_over\":")
        buffer.append(decimal: Int64(carriedCount))
        buffer.append(",\"of_rules\":{\"new\":")
        buffer.append(decimal: Int64(ofRules.added))
        buffer.append(",\"no_longer_matched\":")
        buffer.append(decimal: Int64(ofRules.gone))
        buffer.append(",\"unchanged\":")
        buffer.append(decimal: Int64(ofRules.unchanged))
        buffer.append(",\"carried_over\":")
        buffer.append(decimal: Int64(ofRules.carried))
        buffer.append("}},\n\"new\":")
        Recheck.write(added, to: &buffer)
        buffer.append(",\n\"no_longer_matched\":")
        Recheck.write(gone, to: &buffer)
        buffer.append(",\n\"only_the_evidence_can_answer\":")
        buffer.append(jsonStrings: onlyTheEvidence)
        buffer.append("\n}\n")
    }

    private static func write(_ changes: [Change], to buffer: inout TextBuffer) {
        buffer.append("[")
        for (index, change) in changes.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            buffer.append("{\"id\":")
            buffer.append(jsonString: change.identifier)
            buffer.append(",\"severity\":")
            buffer.append(jsonString: change.severity)
            buffer.append(",\"title\":")
            buffer.append(jsonString: change.title)
            buffer.append(",\"artifact\":")
            buffer.append(jsonString: change.artifact)
            buffer.append(",\"moment\":")
            buffer.append(jsonMoment: change.moment)
            buffer.append(",\"place\":")
            buffer.append(jsonString: change.place)
            buffer.append(",\"value\":")
            buffer.append(jsonString: change.value)
            buffer.append(",\"source\":")
            buffer.append(jsonString: change.source)
            buffer.append(",\"rule\":")
            if change.rule.isEmpty { buffer.append("null") } else { buffer.append(jsonString: change.rule) }
            buffer.append(",\"known_from_another_source\":")
            change.isKnownOtherwise ? buffer.append("true") : buffer.append("false")
            buffer.append("}")
        }
        buffer.append("]")
    }
}
