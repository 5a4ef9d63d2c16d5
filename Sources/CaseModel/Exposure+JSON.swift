import ArtifactModel
public import Primitives

extension ChainStanding {
    /// Appends the standing as one JSON object.
    func write(json buffer: inout TextBuffer) {
        buffer.append("{\"chain\":")
        buffer.append(jsonString: name)
        buffer.append(",\"family\":")
        buffer.append(jsonString: family)
        buffer.append(",\"weaknesses\":")
        buffer.append(jsonStrings: weaknesses)
        buffer.append(",\"fixed_in\":")
        buffer.append(jsonStrings: fixes)
        buffer.append(",\"fixed_on\":")
        buffer.append(jsonText: fixedOn)
        buffer.append(",\"position\":")
        buffer.append(jsonString: position.rawValue)
        buffer.append(",\"references\":")
        buffer.append(jsonStrings: references.map(\.citation))
        buffer.append("}")
    }
}

extension Exposure {
    /// Appends the exposure as one JSON object.
    public func write(json buffer: inout TextBuffer) {
        buffer.append("{\"from\":")
        buffer.append(jsonMoment: from)
        buffer.append(",\"to\":")
        buffer.append(jsonMoment: to)
        buffer.append(",\"findings\":")
        buffer.append(jsonStrings: findings)
        buffer.append(",\"system_version\":{\"at_least\":")
        buffer.append(jsonText: lowestVersion)
        buffer.append(",\"at_most\":")
        buffer.append(jsonText: highestVersion)
        buffer.append("},\"chains\":")
        buffer.append(jsonList: chains) { $0.write(json: &$1) }
        for (name, group) in [
            ("accounts", accounts), ("messengers", messengers), ("permissions", permissions), ("networks", networks),
        ] {
            buffer.append(",")
            buffer.append(jsonString: name)
            buffer.append(":{\"count\":")
            buffer.append(decimal: Int64(group.count))
            buffer.append(",\"recorded_only_later\":")
            buffer.append(decimal: Int64(group.later))
            buffer.append(",\"listed\":")
            buffer.append(jsonList: group.holdings) { holding, buffer in
                buffer.append("{\"subject\":")
                buffer.append(jsonString: holding.subject)
                buffer.append(",\"detail\":")
                buffer.append(jsonString: holding.detail)
                buffer.append(",\"since\":")
                buffer.append(jsonMoment: holding.since)
                buffer.append("}")
            }
            buffer.append("}")
        }
        buffer.append(",\"reach_as_published\":")
        buffer.append(jsonList: reach) { reach, buffer in
            buffer.append("{\"family\":")
            buffer.append(jsonString: reach.family)
            buffer.append(",\"can_reach\":")
            buffer.append(jsonStrings: reach.items)
            buffer.append(",\"references\":")
            buffer.append(jsonStrings: reach.references.map(\.citation))
            buffer.append("}")
        }
        buffer.append("}")
    }

    /// Appends `exposure.json`: an object with a list and a note of what it is.
    public static func write(json exposures: [Exposure], to buffer: inout TextBuffer) {
        buffer.append("{\"note\":")
        buffer.append(jsonString: note)
        buffer.append(",\n\"exposures\":[")
        for (index, exposure) in exposures.enumerated() {
            buffer.append(index > 0 ? ",\n" : "\n")
            exposure.write(json: &buffer)
        }
        buffer.append("\n]}\n")
    }

    /// What every list of exposures says of itself.
    public static let note =
        "What the device held at the time of findings and could have given away then. It does not say that anything was "
        + "taken or read by anybody."
}

extension Protection {
    /// Appends `protection.json`.
    public func write(json buffer: inout TextBuffer) {
        buffer.append("{\"taken\":")
        buffer.append(jsonMoment: taken)
        buffer.append(",\"system_version\":")
        buffer.append(jsonText: systemVersion)
        buffer.append(",\n\"chains\":")
        buffer.append(jsonList: chains) { $0.write(json: &$1) }
        buffer.append(",\n\"lockdown_mode\":")
        if let lockdownMode {
            lockdownMode ? buffer.append("true") : buffer.append("false")
        } else {
            buffer.append("null")
        }
        buffer.append(",\"restarts\":")
        if let restarts {
            buffer.append("{\"count\":")
            buffer.append(decimal: Int64(restarts.count))
            buffer.append(",\"last\":")
            buffer.append(jsonMoment: restarts.last)
            buffer.append(",\"days_since\":")
            buffer.append(jsonNumber: restarts.daysSince)
            buffer.append(",\"longest_days_between\":")
            buffer.append(jsonNumber: restarts.longestDays)
            buffer.append("}")
        } else {
            buffer.append("null")
        }
        buffer.append(",\"restarts_examined\":")
        restartsExamined ? buffer.append("true") : buffer.append("false")
        for (name, installations) in [
            ("profiles", profiles), ("device_management", management), ("sideloaded_applications", sideloaded),
        ] {
            buffer.append(",\n")
            buffer.append(jsonString: name)
            buffer.append(":{\"count\":")
            buffer.append(decimal: Int64(installations.count))
            buffer.append(",\"listed\":")
            buffer.append(jsonList: installations.listed) { installation, buffer in
                buffer.append("{\"identifier\":")
                buffer.append(jsonString: installation.identifier)
                buffer.append(",\"detail\":")
                buffer.append(jsonString: installation.detail)
                buffer.append(",\"since\":")
                buffer.append(jsonMoment: installation.since)
                buffer.append("}")
            }
            buffer.append("}")
        }
        buffer.append(",\n\"threat_notifications\":")
        if let notices {
            buffer.append("{\"count\":")
            buffer.append(decimal: Int64(notices.count))
            buffer.append(",\"first\":")
            buffer.append(jsonMoment: notices.first)
            buffer.append(",\"last\":")
            buffer.append(jsonMoment: notices.last)
            buffer.append("}")
        } else {
            buffer.append("null")
        }
        buffer.append("}\n")
    }
}

extension TextBuffer {
    mutating func append(jsonText text: String?) {
        if let text { append(jsonString: text) } else { append("null") }
    }

    mutating func append(jsonNumber number: Int?) {
        if let number { append(decimal: Int64(number)) } else { append("null") }
    }

    mutating func append<Element>(jsonList elements: [Element], _ write: (Element, inout TextBuffer) -> Void) {
        append("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { append(",") }
            write(element, &self)
        }
        append("]")
    }
}
