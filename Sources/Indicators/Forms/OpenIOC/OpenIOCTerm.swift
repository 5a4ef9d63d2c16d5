/// What the terms of OpenIOC are here.
///
/// Only those are known that a record of a phone can have. The registry, services, tasks, drivers, prefetch files and the
/// like are Windows', and sizes, times, owners and strings of files are in no record that is compared; such a term
/// becomes a property of that name, which is refused like every property that is not known.
/// Sources: `current.iocterms` and `eventitem.iocterms` of https://github.com/fireeye/OpenIOC_1.1.
enum OpenIOCTerm {
    /// The property of STIX that a term is, if its value is `value`.
    static func property(_ term: String, of value: String) -> ObjectPath {
        guard let known = properties[term.lowercased()] else {
            return ObjectPath(type: "openioc", steps: [.key(term)])
        }
        let text = known == address ? SharedAttribute.addressProperty(value) : known
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return ObjectPath(type: "openioc", steps: [.key(term)]) }
        return ObjectPath(type: parts[0], steps: parts[1].split(separator: ".").map { .key(String($0)) })
    }

    /// An address of either version.
    private static let address = "ip"
    private static let host = "domain-name:value"
    private static let link = "url:value"
    private static let process = "process:name"
    private static let md5 = "file:hashes.MD5"
    private static let sha1 = "file:hashes.SHA-1"
    private static let sha256 = "file:hashes.SHA-256"
    private static let fileName = "file:name"
    private static let path = "file:path"
    private static let folder = "file:parent_directory_ref.path"

    /// By the term in lower case: publishers and the definitions themselves write `Md5sum` and `MD5Sum`.
    private static let properties: [String: String] = [
        // Files. A path ends before the name and has no slash at its ends; a full path has both.
        "fileitem/md5sum": md5, "fileitem/sha1sum": sha1, "fileitem/sha256sum": sha256,
        "fileitem/sha512sum": "file:hashes.SHA-512", "fileitem/filename": fileName, "fileitem/filepath": folder,
        "fileitem/fullpath": path, "filewriteevent/md5": md5, "filewriteevent/filename": fileName,
        "filewriteevent/filepath": folder, "filewriteevent/fullpath": path, "imageloadevent/filename": fileName,
        "imageloadevent/filepath": folder, "imageloadevent/fullpath": path,
        // Processes. Their paths are folders, and a process is never compared with paths.
        "processitem/name": process, "processevent/process": process, "processevent/md5": md5,
        "processitem/sectionlist/memorysection/md5sum": md5, "processitem/sectionlist/memorysection/sha1sum": sha1,
        "processitem/sectionlist/memorysection/sha256sum": sha256, "imageloadevent/process": process,
        "filewriteevent/process": process, "dnslookupevent/process": process, "ipv4networkevent/process": process,
        "urlmonitorevent/process": process, "portitem/process": process,
        // Hosts and addresses
        "dnsentryitem/host": host, "dnsentryitem/recordname": host, "dnsentryitem/recorddata/host": host,
        "dnsentryitem/recorddata/ipv4address": address, "dnslookupevent/hostname": host, "network/dns": host,
        "urlhistoryitem/hostname": host, "cookiehistoryitem/hostname": host, "formhistoryitem/hostname": host,
        "urlmonitorevent/hostname": host, "urlmonitorevent/remoteipaddress": address,
        "ipv4networkevent/remoteip": address, "portitem/remoteip": address,
        "processitem/portlist/portitem/remoteip": address,
        // Links
        "network/uri": link, "network/http_referr": link, "urlhistoryitem/url": link,
        "formhistoryitem/formsubmiturl": link, "filedownloadhistoryitem/sourceurl": link,
        "filedownloadhistoryitem/referrer": link, "urlmonitorevent/requesturl": link,
        "filedownloadhistoryitem/filename": fileName, "filedownloadhistoryitem/targetdirectory": folder,
        // Mail
        "email/from": "email-message:from_ref.value", "email/to": "email-message:to_ref.value",
        "email/cc": "email-message:cc_ref.value", "email/bcc": "email-message:bcc_ref.value",
        "email/return-path": "email-addr:value", "email/replyto": "email-addr:value",
    ]
}
