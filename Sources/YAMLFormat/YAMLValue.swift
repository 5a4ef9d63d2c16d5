/// A node of a YAML document: a scalar, a sequence or a mapping, with the line that it begins on.
public struct YAMLValue: Sendable, Hashable {
    /// What a node holds.
    public indirect enum Content: Sendable, Hashable {
        /// Text, which may also read as a number, a truth or nothing.
        case scalar(YAMLScalar)
        /// Values in their order.
        case sequence([YAMLValue])
        /// Named values in their order; no name is there twice.
        case mapping([YAMLMember])
    }

    /// What the node holds.
    public var content: Content
    /// The line that it begins on, from 1.
    public var line: Int

    /// Joins content and line.
    public init(_ content: Content, line: Int) {
        self.content = content
        self.line = line
    }

    /// The scalar, if it is one.
    public var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The text of a scalar as it is written, whatever it also reads as; nothing for `null` and for collections.
    public var text: String? { scalar.flatMap { $0.isNull ? nil : $0.text } }

    /// The values of a sequence, if it is one.
    public var sequence: [YAMLValue]? {
        if case .sequence(let values) = content { values } else { nil }
    }

    /// The members of a mapping, if it is one.
    public var mapping: [YAMLMember]? {
        if case .mapping(let members) = content { members } else { nil }
    }

    /// The value of a member of a mapping.
    public subscript(name: String) -> YAMLValue? { mapping?.first { $0.name == name }?.value }

    /// The texts of a sequence of scalars, or of one scalar that stands for itself; nothing if anything else is there.
    public var texts: [String]? {
        switch content {
        case .scalar: return text.map { [$0] }
        case .sequence(let values):
            let texts = values.compactMap(\.text)
            return texts.count == values.count ? texts : nil
        case .mapping: return nil
        }
    }

    /// What the node is, as a noun phrase: for sentences that say what was expected instead.
    public var kind: String {
        switch content {
        case .scalar(let scalar): scalar.kind
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}

/// A named value of a mapping.
public struct YAMLMember: Sendable, Hashable {
    /// The name, as it is written.
    public var name: String
    /// The line of the name, from 1.
    public var line: Int
    /// The value.
    public var value: YAMLValue

    /// Joins name, line and value.
    public init(_ name: String, line: Int, _ value: YAMLValue) {
        self.name = name
        self.line = line
        self.value = value
    }
}
