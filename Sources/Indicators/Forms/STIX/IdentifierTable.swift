/// Identifiers of STIX objects as numbers, and what is known under each: a million of them in a few dozen megabytes.
struct IdentifierTable {
    /// An identifier in 128 bits: the UUID, mixed with the object type in front of it; a hash of what has no UUID.
    ///
    /// Two identifiers that are made to collide lose their publisher an object or a family, and nobody else anything.
    struct Key: Hashable {
        let high: UInt64
        let low: UInt64

        /// The key of an identifier; an empty text has none.
        init?(_ text: UnsafeBufferPointer<UInt8>) {
            guard !text.isEmpty else { return nil }
            if text.count > 38, let (high, low) = Key.uuid(text) {
                var type: UInt64 = 0xCBF2_9CE4_8422_2325
                for byte in text[..<(text.count - 36)] { type = (type ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
                (self.high, self.low) = (high ^ type, low)
                return
            }
            var first: UInt64 = 0xCBF2_9CE4_8422_2325
            var second: UInt64 = 0x9AE1_6A3B_2F90_404F
            for byte in text {
                first = (first ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
                second = (second ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
                second ^= second >> 29
            }
            (high, low) = (first, second)
        }

        /// The last 36 characters, if they are a UUID.
        private static func uuid(_ text: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64)? {
            let digits = UnsafeBufferPointer(rebasing: text[(text.count - 36)...])
            guard digits[8] == 0x2D, digits[13] == 0x2D, digits[18] == 0x2D, digits[23] == 0x2D else { return nil }
            var areDigits = true
            func word(_ range: Range<Int>, _ start: UInt64) -> UInt64 {
                var word = start
                for index in range {
                    let byte = digits[index]
                    areDigits = areDigits && (byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6)
                    // The low half of a digit is its value, that of a letter its value less nine.
                    word = word << 4 | UInt64(byte & 0x0F &+ (byte >> 6) &* 9)
                }
                return word
            }
            let high = word(14..<18, word(9..<13, word(0..<8, 0)))
            let low = word(24..<36, word(19..<23, 0))
            guard areDigits else { return nil }
            return (high, low)
        }
    }

    private var keys: [Key] = []
    private var values: [UInt32] = []
    /// The number of an entry plus one, or 0 for an empty slot; a power of two of them.
    private var slots = [UInt32](repeating: 0, count: 64)

    var count: Int { keys.count }

    /// Makes room for so many entries, so that growing does not move them again and again.
    mutating func reserve(_ count: Int) {
        guard keys.isEmpty else { return }
        keys.reserveCapacity(count)
        values.reserveCapacity(count)
        var size = slots.count
        while size < count * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
    }

    subscript(key: Key) -> UInt32? {
        guard !keys.isEmpty else { return nil }
        let slot = slots[place(of: key)]
        return slot == 0 ? nil : values[Int(slot) - 1]
    }

    /// Keeps a value under a key, in place of the one that was there.
    mutating func set(_ key: Key, _ value: UInt32) {
        let place = place(of: key)
        if slots[place] > 0 {
            values[Int(slots[place]) - 1] = value
        } else {
            insert(key, value, at: place)
        }
    }

    /// Keeps a value under a key that has none; false if it has one, which stays.
    mutating func insert(_ key: Key, _ value: UInt32) -> Bool {
        let place = place(of: key)
        guard slots[place] == 0 else { return false }
        insert(key, value, at: place)
        return true
    }

    private mutating func insert(_ key: Key, _ value: UInt32, at place: Int) {
        keys.append(key)
        values.append(value)
        slots[place] = UInt32(truncatingIfNeeded: keys.count)
        if keys.count * 2 > slots.count { grow() }
    }

    private func place(of key: Key) -> Int {
        var place = Int(truncatingIfNeeded: IdentifierTable.mix(key)) & (slots.count - 1)
        while slots[place] != 0, keys[Int(slots[place]) - 1] != key { place = (place + 1) & (slots.count - 1) }
        return place
    }

    /// Spreads keys over the slots. Publishers choose identifiers, so the spread must not be known to them: half a million
    /// identifiers under one slot would take hours. Only places depend on the secret, never an order or an answer.
    private static func mix(_ key: Key) -> UInt64 {
        let product = (key.high ^ secret.0).multipliedFullWidth(by: key.low ^ secret.1)
        return product.high ^ product.low
    }

    /// Made by the standard library anew for every process.
    private static let secret: (UInt64, UInt64) = (
        UInt64(bitPattern: Int64([0, 1].hashValue)), UInt64(bitPattern: Int64([2, 3].hashValue))
    )

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (number, key) in keys.enumerated() { slots[place(of: key)] = UInt32(truncatingIfNeeded: number + 1) }
    }
}
