import ArtifactModel

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds published hosts in text that nobody has taken apart: logs, crash reports, whole files.
///
/// Looks for dots, takes the letters, digits, hyphens and underscores around each for a name, and asks the set for it and
/// for every domain above it. So a name is found wherever it stands: in a link, behind an `@`, in an escaped link
/// (`%2F%2Fevil.example`), in a string of JSON. Names in other scripts are found if they stand in Punycode or have an
/// ASCII dot; where their letters stand beside a name in ASCII, both the name and the whole are asked for, because some
/// scripts put no space there. Addresses of IPv4 are found in four decimal numbers, addresses of IPv6 are not.
///
/// The text decides nothing: what was found is a name in a text, and ``Hit/place`` says what stands around it.
public struct HostSearch: Sendable {
    /// Where a name stands.
    public enum Place: String, Sendable, Hashable, CaseIterable {
        /// Behind `://`, perhaps with a user name: the host of a link.
        case link
        /// Behind an `@`: the host of an e-mail address.
        case mailAddress = "mail-address"
        /// Behind a slash: most likely a part of a path.
        case path
        /// Anywhere else.
        case bare
    }

    /// A name that agrees.
    public struct Hit: Sendable {
        /// Where the name stands in the text.
        public let range: Range<Int>
        /// What stands in front of it.
        public let place: Place
        /// The indicators; never empty.
        public let matches: [IndicatorMatch]
    }

    private let set: IndicatorSet
    private let hasAddresses: Bool
    private let isEmpty: Bool

    /// Longer names are no names; of a longer run of letters and dots the end is looked at.
    private static let limit = HostName.lengthLimit

    /// Searches for the hosts of a set.
    public init(_ set: IndicatorSet) {
        self.set = set
        hasAddresses = set.compiled.has(.addresses) || set.compiled.has(.networks)
        isEmpty = !hasAddresses && !set.compiled.has(.hosts)
    }

    /// Lends every name in the text that agrees with an indicator, in the order of the text.
    ///
    /// Text that is searched in pieces has to be cut where no name stands: at line ends.
    public func forEachHit(in text: UnsafeBufferPointer<UInt8>, _ body: (Hit) -> Void) {
        guard !isEmpty else { return }
        HostSearch.forEachName(in: text) { start, end, traits in
            if traits & Self.isInternational != 0 {
                examineInternational(text, start, end, body)
            }
            if traits & Self.isEscaped != 0 { examineEscaped(text, start, end, body) }
            guard traits & Self.hasLetter != 0 else {
                if hasAddresses { report(text, start, end, body) }
                return
            }
            if mayAgree(text, start, end, hasCapital: traits & Self.hasCapital != 0) {
                report(text, start, end, body)
            }
        }
    }

    /// The same for text; the ranges count its UTF-8 bytes.
    public func hits(in text: String) -> [Hit] {
        var hits: [Hit] = []
        text.withBytes { forEachHit(in: $0) { hits.append($0) } }
        return hits
    }

    // MARK: - Names

    private static let isHost: UInt8 = 1
    private static let hasLetter: UInt8 = 2
    private static let hasCapital: UInt8 = 4
    /// Letters beyond ASCII stand beside the name.
    private static let isInternational: UInt8 = 8
    /// A percent sign or a backslash stands before the name, which may have swallowed what belongs to it.
    private static let isEscaped: UInt8 = 16

    /// What each byte is to a name.
    private static let classes: [UInt8] = (0...255).map { (byte: UInt8) -> UInt8 in
        switch byte {
        case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "-"): isHost
        case 0x61...0x7A, UInt8(ascii: "_"): isHost | hasLetter
        case 0x41...0x5A: isHost | hasLetter | hasCapital
        default: 0
        }
    }

    /// Lends the borders of every run of letters, digits, hyphens and dots that has a dot inside.
    @inline(__always)
    private static func forEachName(
        in text: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int, _ traits: UInt8) -> Void
    ) {
        guard let base = text.baseAddress else { return }
        let count = text.count
        classes.withUnsafeBufferPointer { classes in
            var done = 0
            while done < count, let found = memchr(base + done, 0x2E, count - done) {
                let dot = UnsafeRawPointer(base).distance(to: found)
                var traits: UInt8 = 0
                var start = dot
                while start > done {
                    let kind = classes[Int(text[start - 1])]
                    guard kind != 0 else { break }
                    traits |= kind
                    start -= 1
                }
                var end = dot + 1
                while end < count {
                    let kind = classes[Int(text[end])]
                    guard kind != 0 else { break }
                    traits |= kind
                    end += 1
                }
                done = end
                if start > 0 {
                    let before = text[start - 1]
                    if before >= 0x80 { traits |= isInternational }
                    if before == UInt8(ascii: "%") || before == UInt8(ascii: "\\") { traits |= isEscaped }
                }
                if end < count, text[end] >= 0x80 { traits |= isInternational }
                while end > start, text[end - 1] == UInt8(ascii: ".") || text[end - 1] == UInt8(ascii: "-") { end -= 1 }
                while start < end, text[start] == UInt8(ascii: ".") || text[start] == UInt8(ascii: "-") { start += 1 }
                // Nothing on one side: the end of a sentence, a number like ".5".
                let hasDot = (start < dot && dot < end) || text[start..<end].contains(UInt8(ascii: "."))
                guard hasDot || traits & isInternational != 0 else { continue }
                body(start, end, traits)
            }
        }
    }

    /// Asks the filter for the name and all above it, in small letters.
    @inline(__always)
    private func mayAgree(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, hasCapital: Bool) -> Bool {
        let start = max(start, end - Self.limit)
        guard hasCapital else { return set.hostFilter.mayAgree(host: UnsafeBufferPointer(rebasing: text[start..<end])) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.limit) { small in
            for index in start..<end {
                let byte = text[index]
                small[index - start] = byte &- 0x41 < 26 ? byte | 0x20 : byte
            }
            return set.hostFilter.mayAgree(host: UnsafeBufferPointer(rebasing: small[..<(end - start)]))
        }
    }

    @inline(never)
    private func report(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ body: (Hit) -> Void) {
        var start = start
        if end - start > Self.limit {
            // From the next label on, or the hash of half a label would be asked for.
            start = end - Self.limit
            while start < end, text[start] != UInt8(ascii: ".") { start += 1 }
            start = min(start + 1, end)
        }
        guard start < end else { return }
        let matches = set.matches(UnsafeBufferPointer(rebasing: text[start..<end]), as: .hostName)
        guard !matches.isEmpty else { return }
        body(Hit(range: start..<end, place: Self.place(text, start), matches: matches))
    }

    // MARK: - Unusual names

    /// The name with the letters of other scripts around it.
    @inline(never)
    private func examineInternational(
        _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ body: (Hit) -> Void
    ) {
        var (from, to) = (start, end)
        while from > 0, start - from < Self.limit, text[from - 1] >= 0x80 || Self.classes[Int(text[from - 1])] != 0 {
            from -= 1
        }
        while to < text.count, to - end < Self.limit, text[to] >= 0x80 || Self.classes[Int(text[to])] != 0 { to += 1 }
        report(text, from, to, body)
    }

    /// The name without the letters that belong to an escape in front of it: `%2F`, `\n`, `\u002F`.
    @inline(never)
    private func examineEscaped(
        _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ body: (Hit) -> Void
    ) {
        guard start > 0, start < end else { return }
        var length = 1
        if text[start - 1] == UInt8(ascii: "%") { length = 2 } else if text[start] == UInt8(ascii: "u") { length = 5 }
        if start + length < end { report(text, start + length, end, body) }
    }

    private static func place(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Place {
        guard start > 0 else { return .bare }
        func isSlashes(_ end: Int) -> Bool {
            end >= 2 && text[end - 1] == UInt8(ascii: "/") && text[end - 2] == UInt8(ascii: "/")
        }
        switch text[start - 1] {
        case UInt8(ascii: "/"): return isSlashes(start) ? .link : .path
        case UInt8(ascii: "@"):
            // A user name, and perhaps a password.
            var index = start - 1
            while index > 0, start - index < 200, text[index - 1] > 0x20, text[index - 1] != UInt8(ascii: "/") {
                index -= 1
            }
            return isSlashes(index) ? .link : .mailAddress
        default: return .bare
        }
    }
}
