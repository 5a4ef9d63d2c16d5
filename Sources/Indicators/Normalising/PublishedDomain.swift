/// What the publisher of a domain indicator means: a host, and sometimes a path behind it.
///
/// `*.example.org` and `.example.org` are the domain. A path does not belong there and occurs all the same; it is kept,
/// because without it an indicator on a shared host would match everybody's pages.
struct PublishedDomain {
    /// The normalised host.
    let host: [UInt8]
    /// What it is.
    let form: HostName.Form
    /// The path, without a slash at its end, if there is more than a slash.
    let path: [UInt8]?

    init?(_ value: UnsafeBufferPointer<UInt8>) {
        var start = 0
        if value.starts(with: [UInt8(ascii: "*"), UInt8(ascii: ".")]) { start = 2 }
        while start < value.count, value[start] == UInt8(ascii: ".") { start += 1 }
        let bytes = UnsafeBufferPointer(rebasing: value[start...])
        let found = HostName.normalise(bytes) { host, form, end in (Array(host), form, end) }
        guard let (host, form, end) = found else { return nil }
        (self.host, self.form) = (host, form)
        let rest = bytes[(end ?? bytes.count)...]
        var path = Array(rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") && $0 > 0x20 })
        while path.last == UInt8(ascii: "/") { path.removeLast() }
        self.path = path.isEmpty ? nil : path
    }
}
