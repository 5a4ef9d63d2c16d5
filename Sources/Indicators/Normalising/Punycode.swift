/// Letters of all scripts in the letters, digits and hyphens of host names (RFC 3492).
///
/// One label at a time, without the `xn--` in front of it.
public enum Punycode {
    private static let base: UInt32 = 36
    private static let smallestThreshold: UInt32 = 1
    private static let largestThreshold: UInt32 = 26
    private static let initialBias: UInt32 = 72
    private static let initialScalar: UInt32 = 128
    /// Longer labels are no labels, and encoding takes time in the square of the length.
    private static let lengthLimit = 255

    /// The ASCII form of a label, or `nil` if the label is too long.
    public static func encode(_ scalars: [Unicode.Scalar]) -> String? {
        guard scalars.count <= lengthLimit else { return nil }
        var output = scalars.filter(\.isASCII).map { UInt8($0.value) }
        let basicCount = output.count
        if basicCount > 0 { output.append(UInt8(ascii: "-")) }
        var handled = basicCount
        var (next, delta, bias) = (initialScalar, UInt32(0), initialBias)
        while handled < scalars.count {
            // The smallest scalar that is not yet written.
            guard let smallest = scalars.lazy.map(\.value).filter({ $0 >= next }).min() else { return nil }
            let (step, overflows) = (smallest - next).multipliedReportingOverflow(by: UInt32(handled + 1))
            let (advanced, overflowsToo) = delta.addingReportingOverflow(step)
            guard !overflows, !overflowsToo else { return nil }
            (delta, next) = (advanced, smallest)
            for scalar in scalars.lazy.map(\.value) {
                if scalar < next { delta += 1 }
                guard scalar == next else { continue }
                var rest = delta
                var weight = base
                while true {
                    let limit = threshold(weight, bias)
                    if rest < limit { break }
                    output.append(digit(limit + (rest - limit) % (base - limit)))
                    rest = (rest - limit) / (base - limit)
                    weight += base
                }
                output.append(digit(rest))
                bias = adapt(delta, count: UInt32(handled + 1), isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The scalars of a label in ASCII form, or `nil` if it is not one.
    public static func decode(_ text: some StringProtocol) -> [Unicode.Scalar]? {
        let bytes = Array(text.utf8)
        guard bytes.count <= lengthLimit, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        let split = bytes.lastIndex(of: UInt8(ascii: "-")) ?? 0
        var output = bytes[..<split].map { UInt32($0) }
        var position = split > 0 ? split + 1 : 0
        var (scalar, index, bias) = (initialScalar, UInt32(0), initialBias)
        while position < bytes.count {
            let before = index
            var (factor, weight) = (UInt32(1), base)
            while true {
                guard position < bytes.count, let digit = value(bytes[position]) else { return nil }
                position += 1
                let (part, overflows) = digit.multipliedReportingOverflow(by: factor)
                let (sum, overflowsToo) = index.addingReportingOverflow(part)
                guard !overflows, !overflowsToo else { return nil }
                index = sum
                let limit = threshold(weight, bias)
                if digit < limit { break }
                let (next, overflowsAgain) = factor.multipliedReportingOverflow(by: base - limit)
                guard !overflowsAgain else { return nil }
                factor = next
                weight += base
            }
            let count = UInt32(output.count + 1)
            bias = adapt(index - before, count: count, isFirst: before == 0)
            let (next, overflows) = scalar.addingReportingOverflow(index / count)
            guard !overflows, Unicode.Scalar(next) != nil else { return nil }
            scalar = next
            index %= count
            output.insert(scalar, at: Int(index))
            index += 1
        }
        return output.compactMap { Unicode.Scalar($0) }
    }

    private static func threshold(_ weight: UInt32, _ bias: UInt32) -> UInt32 {
        weight <= bias ? smallestThreshold : min(weight - bias, largestThreshold)
    }

    /// Section 6.1: the bias follows the size of the differences.
    private static func adapt(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var weight: UInt32 = 0
        while delta > (base - smallestThreshold) * largestThreshold / 2 {
            delta /= base - smallestThreshold
            weight += base
        }
        return weight + (base - smallestThreshold + 1) * delta / (delta + 38)
    }

    private static func digit(_ value: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: value < 26 ? value + 97 : value + 22)
    }

    private static func value(_ digit: UInt8) -> UInt32? {
        switch digit {
        case 0x30...0x39: UInt32(digit) - 0x30 + 26
        case 0x41...0x5A: UInt32(digit) - 0x41
        case 0x61...0x7A: UInt32(digit) - 0x61
        default: nil
        }
    }
}
