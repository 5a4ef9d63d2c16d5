public import ArtifactModel

extension IndicatorSet {
    /// The indicators that a text agrees with, taken as what `kind` says, in the order of ``indicators``.
    ///
    /// Links, hosts, paths and processes that match nothing, which is nearly all of them, take no memory from the heap,
    /// unless they are written in an unusual way.
    public func matches(_ text: String, as kind: Observable.Kind) -> [IndicatorMatch] {
        if kind == .url || kind == .hostName {
            // Nearly every link and host ends here. Only the filter goes along: to take the set along would be counted.
            let filter = hostFilter
            guard text.withBytes({ filter.mayAgree(link: $0) }) else { return [] }
        }
        return allMatches(text, as: kind)
    }

    /// The same for UTF-8 bytes.
    public func matches(_ bytes: UnsafeBufferPointer<UInt8>, as kind: Observable.Kind) -> [IndicatorMatch] {
        if kind == .url || kind == .hostName, !hostFilter.mayAgree(link: bytes) { return [] }
        return allMatches(bytes, as: kind)
    }

    @inline(never)
    private func allMatches(_ text: String, as kind: Observable.Kind) -> [IndicatorMatch] {
        text.withBytes { allMatches($0, as: kind) }
    }

    private func allMatches(_ bytes: UnsafeBufferPointer<UInt8>, as kind: Observable.Kind) -> [IndicatorMatch] {
        guard !bytes.isEmpty else { return [] }
        var found = MatchCollection(compiled)
        switch kind {
        case .url: findLink(bytes, &found)
        case .hostName: findHost(bytes, &found)
        case .filePath: findPath(bytes, &found)
        case .program: findProgram(bytes, &found)
        case .processName: findProcess(bytes, &found)
        case .emailAddress: find(.emailAddresses, &found) { ComparableText.emailAddress(bytes) }
        case .account:
            find(.emailAddresses, &found) { ComparableText.emailAddress(bytes) }
            findPhoneNumber(bytes, &found)
        case .phoneNumber: findPhoneNumber(bytes, &found)
        case .applicationIdentifier: find(.applications, &found) { ComparableText.identifier(bytes) }
        case .profileIdentifier: find(.profiles, &found) { ComparableText.identifier(bytes) }
        case .fileHash: find(.fileHashes, &found) { ComparableText.hash(bytes) }
        case .certificateHash: find(.certificateHashes, &found) { ComparableText.hash(bytes) }
        }
        return found.isEmpty ? [] : found.matches
    }

    /// Looks a key up that is only made if the table has any.
    private func find(_ table: CompiledLayout.Table, _ found: inout MatchCollection, _ key: () -> [UInt8]?) {
        guard compiled.has(table), let key = key() else { return }
        key.withUnsafeBufferPointer { find(table, $0, .exact, &found) }
    }

    func find(
        _ table: CompiledLayout.Table, _ key: UnsafeBufferPointer<UInt8>, _ manner: IndicatorMatch.Manner,
        _ found: inout MatchCollection
    ) {
        guard let number = compiled.find(table, key) else { return }
        found.add(compiled.indicators(under: number), key, manner)
    }

    private func findPhoneNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ found: inout MatchCollection) {
        guard compiled.has(.phoneNumbers), let number = PhoneNumber(bytes),
            number.isInternational || (number.digits[0] != 0x30 && number.digits.count >= PhoneNumber.likelyLength)
        else { return }
        number.digits.withUnsafeBufferPointer {
            find(.phoneNumbers, $0, number.isInternational ? .exact : .digits, &found)
        }
    }
}
