import CInternationalNames

/// Host names beyond ASCII in the letters that the domain name system has, by IDNA 2008 with the mappings of Unicode
/// Technical Standard 46 (https://www.unicode.org/reports/tr46), as browsers read them.
///
/// The library is libidn2. Its function keeps nothing between two calls and may be called by several threads.
enum InternationalName {
    /// The ASCII form of a host name; `nil` if the standard does not allow it.
    static func ascii(_ name: String) -> [UInt8]? {
        // It reads up to a zero byte, which would cut a name short.
        guard !name.utf8.contains(0), name.utf8.count <= 2_048 else { return nil }
        // ß stays ß, as in browsers since 2023; scalars younger than the library are let through.
        let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue | IDN2_ALLOW_UNASSIGNED.rawValue)
        var result: UnsafeMutablePointer<UInt8>?
        let status = (Array(name.utf8) + [0]).withUnsafeBufferPointer { idn2_lookup_u8($0.baseAddress, &result, flags) }
        guard status == IDN2_OK.rawValue, let result else { return nil }
        defer { idn2_free(result) }
        var bytes: [UInt8] = []
        var index = 0
        while index <= HostName.lengthLimit, result[index] != 0 {
            bytes.append(result[index])
            index += 1
        }
        return bytes.count <= HostName.lengthLimit ? bytes : nil
    }
}
