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
            buffer.append("},\"rule\":null")
        case .check(let identifier, let references):
            buffer.append(",\"indicator\":null,\"rule\":{\"id\":")
            buffer.append(jsonString: artifact + "/" + identifier)
            buffer.append(",\"version\":1,\"references\":")
            buffer.append(jsonStrings: references.map(\.citation))
            buffer.append("}")
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
}
