extension IndicatorSet.Builder {
    /// Sorts by kind, value, family, source and all the rest, and takes out what is there twice in every respect.
    mutating func sortEntries() {
        /// Kind and the first seven bytes of the value, so that most comparisons need no more.
        struct Place {
            let prefix: UInt64
            let index: UInt32
        }
        var places: [Place] = []
        places.reserveCapacity(entries.count)
        values.withUnsafeBufferPointer { values in
            for (index, entry) in entries.enumerated() {
                var prefix = UInt64(entry.kind)
                let length = Int(entry.valueLength)
                for position in 0..<7 {
                    let byte = position < length ? values[Int(entry.valueStart) + position] : 0
                    prefix = prefix << 8 | UInt64(byte)
                }
                places.append(Place(prefix: prefix, index: UInt32(index)))
            }
            let entries = self.entries
            places.sort { left, right in
                if left.prefix != right.prefix { return left.prefix < right.prefix }
                return precedes(entries[Int(left.index)], entries[Int(right.index)], values)
            }
        }
        var order = places.map(\.index)
        places = []
        arrange(&order)
        removeRepeated()
    }

    /// Moves every entry to its place, round by round, without a second array.
    private mutating func arrange(_ order: inout [UInt32]) {
        for start in order.indices where Int(order[start]) != start {
            let first = entries[start]
            var index = start
            while true {
                let source = Int(order[index])
                order[index] = UInt32(index)
                if source == start {
                    entries[index] = first
                    break
                }
                entries[index] = entries[source]
                index = source
            }
        }
    }

    private mutating func removeRepeated() {
        guard entries.count > 1 else { return }
        var kept = 1
        for index in 1..<entries.count {
            let isRepeated = values.withUnsafeBufferPointer { isSame(entries[kept - 1], entries[index], $0) }
            if isRepeated { continue }
            if kept != index { entries[kept] = entries[index] }
            kept += 1
        }
        entries.removeLast(entries.count - kept)
    }

    private func value(_ entry: Layout.Entry, _ values: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>>
    {
        values[Int(entry.valueStart)..<Int(entry.valueStart) + Int(entry.valueLength)]
    }

    private func isSame(
        _ left: Layout.Entry, _ right: Layout.Entry, _ values: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        left.kind == right.kind && left.publication == right.publication && left.note == right.note
            && left.identifierHigh == right.identifierHigh && left.identifierLow == right.identifierLow
            && left.validFrom == right.validFrom && left.validUntil == right.validUntil && left.flags == right.flags
            && left.confidence == right.confidence && left.valueLength == right.valueLength
            && value(left, values).elementsEqual(value(right, values))
    }

    private func precedes(
        _ left: Layout.Entry, _ right: Layout.Entry, _ values: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let (first, second) = (value(left, values), value(right, values))
        var index = 0
        let count = min(first.count, second.count)
        while index < count {
            let (one, other) = (first[first.startIndex + index], second[second.startIndex + index])
            if one != other { return one < other }
            index += 1
        }
        if first.count != second.count { return first.count < second.count }
        if left.publication != right.publication {
            let (one, other) = (publications[Int(left.publication)], publications[Int(right.publication)])
            if one.family != other.family { return texts.precedes(one.family, other.family) }
            if one.source != other.source { return texts.precedes(one.source, other.source) }
            if one.reference != other.reference { return texts.precedes(one.reference, other.reference) }
            if one.publisher != other.publisher { return texts.precedes(one.publisher, other.publisher) }
            if one.marking != other.marking { return texts.precedes(one.marking, other.marking) }
            if one.licence != other.licence { return texts.precedes(one.licence, other.licence) }
        }
        if left.flags != right.flags { return left.flags < right.flags }
        if left.flags & Layout.Entry.hasUUID != 0 {
            if left.identifierHigh != right.identifierHigh { return left.identifierHigh < right.identifierHigh }
            if left.identifierLow != right.identifierLow { return left.identifierLow < right.identifierLow }
        } else if left.identifierLow != right.identifierLow {
            return texts.precedes(UInt32(left.identifierLow), UInt32(right.identifierLow))
        }
        if left.note != right.note { return texts.precedes(left.note, right.note) }
        if left.validFrom != right.validFrom { return left.validFrom < right.validFrom }
        if left.validUntil != right.validUntil { return left.validUntil < right.validUntil }
        return left.confidence < right.confidence
    }

    /// Two numbers that depend on all that the indicators say, and not on the order in which they came.
    func digest() -> (high: UInt64, low: UInt64) {
        // Every text is hashed once; the numbers of texts depend on the order of loading and have no part in it.
        var textHashes: [UInt64] = [0]
        textHashes.reserveCapacity(texts.ends.count + 1)
        texts.bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            for end in texts.ends {
                textHashes.append(KeyHash.absorb(1, bytes, start, Int(end)))
                start = Int(end)
            }
        }
        let publicationHashes = publications.map { publication in
            [
                publication.source, publication.family, publication.reference, publication.publisher,
                publication.marking, publication.licence,
            ].reduce(UInt64(2)) { KeyHash.absorb($0, textHashes[Int($1)]) }
        }
        var (high, low) = (UInt64(3), UInt64(4))
        values.withUnsafeBufferPointer { values in
            for entry in entries {
                let start = Int(entry.valueStart)
                var hash = KeyHash.absorb(UInt64(entry.kind), values, start, start + Int(entry.valueLength))
                hash = KeyHash.absorb(hash, publicationHashes[Int(entry.publication)])
                hash = KeyHash.absorb(hash, textHashes[Int(entry.note)])
                let hasUUID = entry.flags & Layout.Entry.hasUUID != 0
                hash = KeyHash.absorb(hash, entry.identifierHigh)
                hash = KeyHash.absorb(hash, hasUUID ? entry.identifierLow : textHashes[Int(entry.identifierLow)])
                hash = KeyHash.absorb(hash, UInt64(bitPattern: entry.validFrom))
                hash = KeyHash.absorb(hash, UInt64(bitPattern: entry.validUntil))
                hash = KeyHash.absorb(hash, UInt64(entry.flags) << 16 | UInt64(UInt16(bitPattern: entry.confidence)))
                high = KeyHash.absorb(high, hash)
                low = KeyHash.absorb(low, hash &+ 0x5555_5555_5555_5555)
            }
        }
        return (high, low)
    }
}
