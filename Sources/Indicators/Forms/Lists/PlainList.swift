import Primitives

/// Loads a list of values, one a line: domains, addresses, networks, links, hashes, paths, application identifiers,
/// e-mail addresses, mixed as they come; hosts files; filter lists of the form `||domain^`.
///
/// `#`, `;`, `!` and `//` begin a comment, at the start of a line or behind white space.
struct PlainList {
    private let intake: IndicatorIntake
    private var facts = IndicatorFacts()
    private var harmless = 0
    private var guesses = 0

    static func load(_ bytes: [UInt8], into intake: IndicatorIntake) {
        var list = PlainList(intake: intake)
        var number = 0
        bytes.withUnsafeBufferPointer { bytes in
            var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
                number += 1
                list.take(UnsafeBufferPointer(rebasing: bytes[start..<end]), number)
                // A carriage return and a line feed are one end.
                start = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A ? end + 2 : end + 1
            }
        }
        list.say()
    }

    private init(intake: IndicatorIntake) { self.intake = intake }

    private mutating func take(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) {
        let trimmed = ComparableText.trimmed(line)
        guard let first = trimmed.first, ![0x23, 0x3B, 0x21].contains(first),
            !trimmed.starts(with: [0x2F, 0x2F])
        else { return }
        guard trimmed.count <= 8_192 else {
            return intake.note(.damagedObject, "Line \(number) has more than 8,192 bytes.")
        }
        guard let text = String(validating: trimmed, as: UTF8.self) else {
            return intake.note(.damagedObject, "Line \(number) is not UTF-8.")
        }
        var words: [Substring] = []
        for word in text.split(whereSeparator: { $0 == " " || $0 == "\t" }) {
            if word.hasPrefix("#") || word.hasPrefix(";") || word == "//" { break }
            words.append(word)
        }
        // 0.0.0.0 name name …
        if words.count > 1, PlainList.nowhere.contains(String(words[0])) {
            words.removeFirst()
        } else if words.count > 1 {
            return intake.note(
                .malformedPattern, "Line \(number) holds several words; expected one value, or an address and names.")
        }
        for word in words { take(String(word), number) }
    }

    /// The addresses to which hosts files send what they block.
    private static let nowhere: Set<String> = ["0.0.0.0", "127.0.0.1", "::", "::1", "0", "255.255.255.255"]
    private static let local: Set<String> = [
        "localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost", "ip6-loopback",
        "ip6-localnet", "ip6-mcastprefix", "ip6-allnodes", "ip6-allrouters", "ip6-allhosts", "0.0.0.0",
    ]

    private mutating func take(_ word: String, _ number: Int) {
        var word = word
        if word.hasPrefix("||"), word.hasSuffix("^") { word = String(word.dropFirst(2).dropLast()) }
        if word.hasSuffix(","), word.utf8.count > 1 { word.removeLast() }
        if word.utf8.count >= 2, let mark = word.first, mark == "\"" || mark == "'", word.last == mark {
            word = String(word.dropFirst().dropLast())
        }
        guard !PlainList.local.contains(word.lowercased()) else { return }
        guard let listed = ListedValue(word) else {
            return intake.note(
                .malformedPattern,
                "Line \(number) is no domain, address, link, hash, path, mail address or application identifier.")
        }
        if listed.wasHarmless { harmless += 1 }
        if listed.isGuess { guesses += 1 }
        intake.add(listed.property, listed.value, identifier: "line \(number)", note: nil, facts: facts)
    }

    private func say() {
        if harmless > 0 {
            intake.note(.remark, "\(harmless) values were written so that nobody clicks on them; that was undone.")
        }
        if guesses > 0 {
            intake.note(
                .remark, "\(guesses) values were taken for application identifiers, because they begin like one.")
        }
    }
}
