import ArtifactModel
public import Primitives

extension Coverage {
    /// Appends `coverage.json`.
    public func write(json buffer: inout TextBuffer) {
        buffer.append("{\n\"artifacts\":[")
        for (index, artifact) in artifacts.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            artifact.write(json: &buffer)
        }
        buffer.append("\n],\n\"families\":[")
        for (index, family) in families.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            buffer.append("{\"family\":")
            buffer.append(jsonString: family.name)
            buffer.append(",\"indicators\":")
            buffer.append(decimal: Int64(family.indicators))
            buffer.append(",\"could_have_matched\":")
            buffer.append(decimal: Int64(family.comparableIndicators))
            buffer.append(",\"could_have_matched_undamaged\":")
            buffer.append(decimal: Int64(family.wholeIndicators))
            buffer.append(",\"rules\":")
            buffer.append(decimal: Int64(family.checks))
            buffer.append(",\"rules_applied\":")
            buffer.append(decimal: Int64(family.appliedChecks))
            buffer.append(",\"rules_applied_undamaged\":")
            buffer.append(decimal: Int64(family.wholeChecks))
            buffer.append(",\"published_from\":")
            if let years = family.years { buffer.append(decimal: Int64(years.first)) } else { buffer.append("null") }
            buffer.append(",\"published_until\":")
            if let last = family.years?.last { buffer.append(decimal: Int64(last)) } else { buffer.append("null") }
            buffer.append(",\"earliest\":")
            buffer.append(jsonMoment: family.reach?.lowerBound)
            buffer.append(",\"latest\":")
            buffer.append(jsonMoment: family.reach?.upperBound)
            buffer.append(",\"examined_in\":")
            buffer.append(jsonStrings: family.examined)
            buffer.append(",\"not_examined_in\":")
            buffer.append(jsonStrings: family.missing)
            buffer.append("}")
        }
        buffer.append("\n],\n\"rules\":[")
        for (index, rule) in rules.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            rule.write(json: &buffer)
        }
        buffer.append("\n]")
        if !shortLinks.isEmpty {
            buffer.append(",\n\"short_links\":")
            shortLinks.write(json: &buffer)
        }
        buffer.append("\n}\n")
    }
}

extension Coverage.Artifact {
    func write(json buffer: inout TextBuffer) {
        buffer.append("{\"artifact\":")
        buffer.append(jsonString: identifier)
        buffer.append(",\"title\":")
        buffer.append(jsonString: title)
        buffer.append(",\"summary\":")
        buffer.append(jsonString: summary)
        buffer.append(",\"status\":")
        buffer.append(jsonString: status.rawValue)
        buffer.append(",\"records\":")
        buffer.append(decimal: Int64(records))
        buffer.append(",\"earliest\":")
        buffer.append(jsonMoment: reach?.lowerBound)
        buffer.append(",\"latest\":")
        buffer.append(jsonMoment: reach?.upperBound)
        buffer.append(",\"shows\":")
        buffer.append(jsonStrings: shows.map(\.rawValue))
        buffer.append(",\"standing\":")
        buffer.append(jsonString: standing)
        buffer.append(",\"losses\":")
        buffer.append(jsonStrings: losses)
        if let failure {
            buffer.append(",\"stopped_because\":")
            failure.write(json: &buffer)
        }
        buffer.append(",\"files\":[")
        for (index, file) in files.enumerated() {
            if index > 0 { buffer.append(",") }
            file.write(json: &buffer)
        }
        buffer.append("]}")
    }
}

extension Coverage.File {
    func write(json buffer: inout TextBuffer) {
        buffer.append("{\"path\":")
        buffer.append(jsonString: path)
        buffer.append(",\"status\":")
        buffer.append(jsonString: status.rawValue)
        buffer.append(",\"records\":")
        buffer.append(decimal: Int64(records))
        // Only where there are some: most files have none.
        if recovered > 0 {
            buffer.append(",\"recovered\":")
            buffer.append(decimal: Int64(recovered))
        }
        buffer.append(",\"sha256\":")
        if let digest { buffer.append(jsonString: digest) } else { buffer.append("null") }
        buffer.append(",\"damages\":")
        buffer.append(decimal: Int64(damageCount))
        buffer.append(",\"listed_damages\":[")
        for (index, damage) in damages.enumerated() {
            if index > 0 { buffer.append(",") }
            damage.write(json: &buffer)
        }
        buffer.append("]")
        if isInterrupted { buffer.append(",\"stopped_because\":\"interrupted\"") }
        if let failure {
            buffer.append(",\"stopped_because\":")
            failure.write(json: &buffer)
        }
        buffer.append("}")
    }
}

extension ParseError {
    func write(json buffer: inout TextBuffer) {
        buffer.append("{\"kind\":")
        buffer.append(jsonString: kind.name)
        buffer.append(",\"expected\":")
        buffer.append(jsonString: expected)
        buffer.append(",\"offset\":")
        if let offset { buffer.append(decimal: Int64(offset)) } else { buffer.append("null") }
        buffer.append(",\"place\":")
        if let place { buffer.append(jsonString: place) } else { buffer.append("null") }
        buffer.append("}")
    }
}

extension TextBuffer {
    mutating func append(jsonMoment moment: Timestamp?) {
        if let moment { append(jsonString: moment.description) } else { append("null") }
    }
}
