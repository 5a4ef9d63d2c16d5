import CPublicSuffix
public import Primitives

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The Public Suffix List, which says under which names anybody can have a domain (https://publicsuffix.org).
///
/// Read through libpsl: the list of the system if it is newer than the one that the library was built with, so that the
/// system's updates keep it current.
///
/// `@unchecked Sendable` because libpsl only reads a list after it was loaded.
public final class PublicSuffixList: @unchecked Sendable {
    /// What a name is to the list.
    public enum Standing: Sendable, Hashable {
        /// A registry's: `com`, `co.uk`.
        case registry
        /// A company's that lets others have names below its own: `github.io`.
        case company
        /// No suffix.
        case ordinary
    }

    /// The list of this machine, loaded once.
    public static let current = PublicSuffixList()

    private let list: OpaquePointer?
    /// Where the list is from: the path of a file, or `libpsl` and its version.
    public let place: String
    /// When the file was last changed, or the list in the library was taken. Not known on every machine.
    public let date: Timestamp?

    /// Place and date in one line; the same for the same list.
    public var origin: String { place + (date.map { ", \($0)" } ?? "") }

    private init() {
        let builtin = Int64(psl_builtin_file_time())
        if let name = psl_dist_filename().map({ String(cString: $0) }), !name.isEmpty {
            var status = stat()
            #if canImport(Glibc)
                let moment = stat(name, &status) == 0 ? Int64(status.st_mtim.tv_sec) : -1
            #else
                let moment = stat(name, &status) == 0 ? Int64(status.st_mtimespec.tv_sec) : -1
            #endif
            if moment >= builtin, let loaded = psl_load_file(name) {
                (list, place, date) = (loaded, name, Timestamp(unixSeconds: moment))
                return
            }
        }
        list = psl_builtin()
        place = "libpsl " + (psl_get_version().map { String(cString: $0) } ?? "")
        date = builtin > 0 ? Timestamp(unixSeconds: builtin) : nil
    }

    /// What a normalised host name is to the list. A name of one label that the list does not have is no suffix.
    public func standing(of host: String) -> Standing {
        guard let list, !host.isEmpty, psl_is_public_suffix2(list, host, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) == 1
        else { return .ordinary }
        return psl_is_public_suffix2(list, host, PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) == 1 ? .registry : .company
    }

    /// The name that somebody registered: the public suffix and one label more; `nil` for suffixes and addresses.
    public func registrableDomain(of host: String) -> String? {
        guard let list, !host.isEmpty else { return nil }
        return psl_registrable_domain(list, host).map { String(cString: $0) }
    }
}

extension HostName {
    /// The name that somebody registered, by ``PublicSuffixList``; `nil` for addresses and public suffixes.
    public var registrableDomain: String? {
        form == .name ? PublicSuffixList.current.registrableDomain(of: text) : nil
    }
}

extension IndicatorMatch {
    /// The domain that somebody registered, if it was a host that agreed.
    public var registrableDomain: String? {
        switch indicator.kind {
        case .domainName, .url: HostName(observed)?.registrableDomain
        default: nil
        }
    }
}
