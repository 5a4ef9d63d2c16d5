/// Finds the end of a damaged JSON value by its brackets and quotation marks alone.
///
/// What is inside may be nested as deep as it likes and need not be UTF-8: the value is lost, and what stands behind it
/// is not.
public enum JSONElementScan {
    /// The first byte behind the object or list that begins at `offset`; `nil` if it does not end.
    public static func end(of bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int? {
        var depth = 0
        var index = offset
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth <= 0 { return index + 1 }
            case UInt8(ascii: "\""):
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                if depth == 0 { return index < bytes.count ? index + 1 : nil }
            case UInt8(ascii: ","), 0x0A, 0x20, 0x09, 0x0D:
                // A bare word ends here; the caller starts at its first byte.
                if depth == 0 { return index > offset ? index : nil }
            default: break
            }
            index += 1
        }
        return nil
    }
}
