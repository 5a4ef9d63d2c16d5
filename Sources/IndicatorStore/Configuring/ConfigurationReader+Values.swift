import Primitives
import YAMLFormat

extension ConfigurationReader {
    /// The members of a mapping, none of which has a name that is not known.
    static func members(
        of value: YAMLValue, _ thing: String, _ known: [String]
    ) throws(Objection) -> [YAMLMember] {
        if value.scalar?.isNull == true { return [] }
        guard let members = value.mapping else {
            throw Objection(value.line, "\(thing) takes names with values, and \(value.kind) is there.")
        }
        for member in members where !known.contains(member.name) {
            let name = member.name.printable
            let secret = ["password", "user", "username", "token", "secret"].contains(member.name)
            throw Objection(
                member.line,
                "'\(name)' is no key of \(thing)."
                    + (secret
                        ? " Secrets do not stand in this file: name an environment variable, as in "
                            + "'\(name == "username" ? "user" : name)_environment: NAME'."
                        : Nearest.suggestion(for: member.name, among: known)
                            + " The keys are: \(known.joined(separator: ", "))."))
        }
        return members
    }

    static func text(_ member: YAMLMember) throws(Objection) -> String {
        guard let text = member.value.text, !text.isEmpty else {
            throw Objection(member.line, "'\(member.name)' takes text, and \(member.value.kind) is there.")
        }
        return text
    }

    /// The same, where another kind of error is thrown beside it.
    static func text(_ member: YAMLMember, as error: StoreError.Type) throws(StoreError) -> String {
        do throws(Objection) { return try text(member) } catch { throw StoreError(.configuration, error.words) }
    }

    static func texts(_ member: YAMLMember) throws(Objection) -> [String] {
        guard let texts = member.value.texts else {
            throw Objection(member.line, "'\(member.name)' takes a list of texts.")
        }
        return texts
    }

    /// A path; `~` at its start is the home folder, which whoever uses it puts in.
    static func path(_ member: YAMLMember) throws(Objection) -> String {
        let text = try text(member)
        guard text.hasPrefix("/") || text.hasPrefix("~/") else {
            throw Objection(member.line, "'\(member.name)' takes an absolute path, or one that begins with ~/.")
        }
        return text
    }

    static func truth(_ member: YAMLMember) throws(Objection) -> Bool {
        guard let truth = member.value.scalar?.truth else {
            throw Objection(member.line, "'\(member.name)' takes true or false.")
        }
        return truth
    }

    static func number(_ member: YAMLMember, _ range: ClosedRange<Int>) throws(Objection) -> Int {
        guard let number = member.value.scalar?.integer.flatMap({ Int(exactly: $0) }), range.contains(number) else {
            throw Objection(
                member.line, "'\(member.name)' takes a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// A number of bytes: `256 MB`.
    static func size(_ member: YAMLMember) throws(Objection) -> Int {
        let words = try text(member).split(separator: " ").map(String.init)
        let units = ["B": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000]
        guard (1...2).contains(words.count), let number = Int(words[0]), (1...1_000_000_000_000).contains(number),
            let unit = words.count == 2 ? units[words[1]] : 1, number <= 1_000_000_000_000 / unit
        else { throw Objection(member.line, "'\(member.name)' takes a size, such as '256 MB'.") }
        return number * unit
    }

    static func variable(_ member: YAMLMember) throws(Objection) -> String {
        let text = try text(member)
        let isName = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "_")
        }
        guard isName else {
            throw Objection(
                member.line, "'\(member.name)' takes the name of an environment variable, not what it holds.")
        }
        return text
    }

    static func key(_ text: String, _ line: Int) throws(Objection) -> PublisherKey {
        guard let key = PublisherKey(text) else {
            throw Objection(
                line,
                "a key is one line of 56 characters that begins with RW, as minisign and 'bridle indicators keygen' "
                    + "write it.")
        }
        return key
    }
}
