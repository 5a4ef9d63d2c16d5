import ArtifactModel
public import Primitives

extension CaseReport {
    /// Appends `case.json`.
    public func write(json buffer: inout TextBuffer) {
        func member(_ name: StaticString, _ text: String?, to buffer: inout TextBuffer, first: Bool = false) {
            if !first { buffer.append(",") }
            buffer.append("\"")
            buffer.append(name)
            buffer.append("\":")
            if let text { buffer.append(jsonString: text) } else { buffer.append("null") }
        }
        buffer.append("{\n")
        member("tool", "bridle", to: &buffer, first: true)
        member("version", toolVersion, to: &buffer)
        buffer.append(",\n\"complete\":")
        isComplete ? buffer.append("true") : buffer.append("false")
        if let includesContent {
            includesContent ? buffer.append(",\n\"content\":true") : buffer.append(",\n\"content\":false")
        }
        buffer.append(",\n\"evidence\":{")
        member("kind", evidence.kind, to: &buffer, first: true)
        member("path", evidence.path, to: &buffer)
        member("location", evidence.location, to: &buffer)
        buffer.append(",\"encrypted\":")
        evidence.isEncrypted ? buffer.append("true") : buffer.append("false")
        member("taken", evidence.taken?.description, to: &buffer)
        buffer.append(",\"device\":{")
        member("name", evidence.device.name, to: &buffer, first: true)
        member("product_type", evidence.device.productType, to: &buffer)
        member("model", evidence.device.productType.flatMap(DeviceModels.name), to: &buffer)
        member("os_version", evidence.device.osVersion, to: &buffer)
        member("os_build", evidence.device.osBuild, to: &buffer)
        member("release_standing", evidence.releaseStanding, to: &buffer)
        member("serial_number", evidence.device.serialNumber, to: &buffer)
        member("imei", evidence.device.imei, to: &buffer)
        member("phone_number", evidence.device.phoneNumber, to: &buffer)
        member("identifier", evidence.device.identifier, to: &buffer)
        buffer.append("},\"remarks\":")
        buffer.append(jsonStrings: evidence.remarks)
        buffer.append(",\"sha256\":{")
        // One file can serve two artefacts; it is listed once.
        var digests: [String: String] = [:]
        for file in coverage.artifacts.flatMap(\.files) { digests[file.path] = file.digest }
        for (index, path) in digests.keys.sorted().enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            buffer.append(jsonString: path)
            buffer.append(":")
            buffer.append(jsonString: digests[path] ?? "")
        }
        buffer.append("}},\n\"indicators\":{")
        member("digest", indicatorDigest, to: &buffer, first: true)
        buffer.append(",\"sources\":[")
        for (index, source) in indicatorSources.enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.append("{\"name\":")
            buffer.append(jsonString: source.name)
            buffer.append(",\"indicators\":")
            buffer.append(decimal: Int64(source.indicators))
            buffer.append(",\"problems\":")
            buffer.append(decimal: Int64(source.problems))
            buffer.append("}")
        }
        buffer.append("]},\n")
        member("started", started.description, to: &buffer, first: true)
        member("ended", ended.description, to: &buffer)
        buffer.append(",\n\"findings\":{")
        for (index, severity) in Severity.allCases.reversed().enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.append(jsonString: severity.word)
            buffer.append(":")
            buffer.append(decimal: Int64(counts[severity] ?? 0))
        }
        buffer.append("},\n")
        member("verdict", verdict.rawValue, to: &buffer, first: true)
        member("verdict_words", verdict.headline, to: &buffer)
        member("verdict_limits", verdict.explanation, to: &buffer)
        buffer.append(",\"verdict_because\":")
        buffer.append(jsonStrings: verdictReasons)
        if let recheck {
            buffer.append(",\n\"rechecked_from\":")
            buffer.append(jsonString: recheck.earlierCase)
        }
        buffer.append("\n}\n")
    }
}
