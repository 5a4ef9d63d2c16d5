/// SHA-256 for evidence in memory, so that tests of artefacts build without a cryptographic library.
///
/// Source: FIPS 180-4, <https://csrc.nist.gov/pubs/fips/180-4/upd1/final>. `SHA256Tests` compares it with swift-crypto.
public enum SHA256 {
    /// The digest in lower-case hexadecimal digits.
    public static func digits(of message: [UInt8]) -> String {
        var state: [UInt32] = roots(of: 8, fraction: { $0.squareRoot() })
        let constants = roots(of: 64, fraction: { cubeRoot($0) })
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        for shift in stride(from: 56, through: 0, by: -8) {
            padded.append(UInt8(truncatingIfNeeded: (UInt64(message.count) * 8) >> UInt64(shift)))
        }
        for start in stride(from: 0, to: padded.count, by: 64) {
            compress(Array(padded[start..<start + 64]), constants, &state)
        }
        return state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    private static func compress(_ block: [UInt8], _ constants: [UInt32], _ state: inout [UInt32]) {
        func turned(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }
        var words = (0..<16).map { index in block[index * 4..<index * 4 + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            words.append(
                words[index - 16] &+ (turned(early, 7) ^ turned(early, 18) ^ early >> 3) &+ words[index - 7]
                    &+ (turned(late, 17) ^ turned(late, 19) ^ late >> 10))
        }
        var working = state
        for index in 0..<64 {
            let (first, fifth) = (working[0], working[4])
            let mixed = turned(fifth, 6) ^ turned(fifth, 11) ^ turned(fifth, 25)
            let choice = fifth & working[5] ^ ~fifth & working[6]
            let one = working[7] &+ mixed &+ choice &+ constants[index] &+ words[index]
            let majority = first & working[1] ^ first & working[2] ^ working[1] & working[2]
            let two = (turned(first, 2) ^ turned(first, 13) ^ turned(first, 22)) &+ majority
            working = [
                one &+ two, working[0], working[1], working[2], working[3] &+ one, working[4], working[5], working[6],
            ]
        }
        for index in 0..<8 { state[index] &+= working[index] }
    }

    /// The first 32 bits of the fractions of the roots of the first primes.
    private static func roots(of count: Int, fraction root: (Double) -> Double) -> [UInt32] {
        let primes = (2...311).filter { number in (2..<number).allSatisfy { number % $0 != 0 } }.prefix(count)
        return primes.map { prime in
            let value = root(Double(prime))
            return UInt32((value - value.rounded(.down)) * 4_294_967_296)
        }
    }

    private static func cubeRoot(_ number: Double) -> Double {
        var guess = number / 3 + 1
        for _ in 0..<100 { guess -= (guess * guess * guess - number) / (3 * guess * guess) }
        return guess
    }
}
