import ArtifactModel
public import Primitives

extension Finding {
    /// Appends the finding as one JSON object without a line end.
    public func write(json buffer: inout TextBuffer) {
        func member(_ name: StaticString, _ text: String?, to buffer: inout TextBuffer) {
            buffer.append(",\"")
            buffer.append(name)
            buffer.append("\":")
            if let text { buffer.append(jsonString: text) } else { buffer.append("null") }
        }
        buffer.append("{\"id\":")
        buffer.append(jsonString: id)
        member("severity", severity.word, to: &buffer)
        member("kind", cause.word, to: &buffer)
        member("title", title, to: &buffer)
        member("artifact", artifact, to: &buffer)
        member("moment", moment?.description, to: &buffer)
        buffer.append(",\"source\":")
        location.write(json: &buffer, path: path)
        buffer.append(",\"record\":{")
        for (index, member) in record.enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.append(jsonString: member.name)
            buffer.append(":")
            member.value.write(json: &buffer)
        }
        buffer.append("}")
        switch cause {
        case .indicator(let indicator):
            buffer.append(",\"indicator\":{\"type\":")
            buffer.append(jsonString: indicator.type)
            member("value", indicator.value, to: &buffer)
            member("observed", indicator.observed, to: &buffer)
            member("match", indicator.match, to: &buffer)
            member("family", indicator.family, to: &buffer)
            member("source", indicator.source, to: &buffer)
            member("reference", indicator.reference, to: &buffer)
            if let resolution = indicator.resolution {
                buffer.append(",\"through\":{\"link\":")
                buffer.append(jsonString: resolution.link)
                member("asked", resolution.asked.description, to: &buffer)
                buffer.append("}")
            }
            buffer.append("},\"rule\":null")
            if !records.isEmpty { writeRecords(to: &buffer) }
        case .check(let identifier, let references):
            write(rule: artifact + "/" + identifier, 1, references, to: &buffer)
        case .rule(let rule):
            write(rule: rule.identifier, rule.version, rule.references, to: &buffer)
            if rule.isCorrelation { writeRecords(to: &buffer) }
        }
        member("family", family, to: &buffer)
        member("meaning", meaning, to: &buffer)
        member("limits", limits, to: &buffer)
        buffer.append(",\"benign_causes\":")
        buffer.append(jsonStrings: benignCauses)
        member("next_step", nextStep, to: &buffer)
        member("state", state.rawValue, to: &buffer)
        buffer.append(",\"seen_on_ordinary_devices\":")
        if let measurement {
            buffer.append("{\"hits\":")
            buffer.append(decimal: Int64(measurement.hits))
            buffer.append(",\"records\":")
            buffer.append(decimal: Int64(measurement.records))
            member("corpus", measurement.corpus, to: &buffer)
            buffer.append("}")
        } else {
            buffer.append("null")
        }
        buffer.append("}")
    }

    private func write(rule identifier: String, _ version: Int, _ references: [Reference], to buffer: inout TextBuffer)
    {
        buffer.append(",\"indicator\":null,\"rule\":{\"id\":")
        buffer.append(jsonString: identifier)
        buffer.append(",\"version\":")
        buffer.append(decimal: Int64(version))
        buffer.append(",\"references\":")
        buffer.append(jsonStrings: references.map(\.citation))
        buffer.append("}")
    }

    /// The records that a correlation rests on, and how many there are in all.
    private func writeRecords(to buffer: inout TextBuffer) {
        buffer.append(",\"record_count\":")
        buffer.append(decimal: Int64(recordCount))
        buffer.append(",\"records\":[")
        for (index, record) in records.enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.append("{\"artifact\":")
            buffer.append(jsonString: record.artifact)
            buffer.append(",\"moment\":")
            if let moment = record.moment {
                buffer.append(UInt8(ascii: "\""))
                buffer.append(moment)
                buffer.append(UInt8(ascii: "\""))
            } else {
                buffer.append("null")
            }
            buffer.append(",\"source\":")
            record.location.write(json: &buffer, path: record.path)
            buffer.append("}")
        }
        buffer.append("]")
    }
}
