/// What a content is by its first bytes, whatever its name says.
///
/// Sources of the signatures: <https://www.iana.org/assignments/media-types/media-types.xhtml>, the specifications of the
/// formats that it names, and <https://en.wikipedia.org/wiki/List_of_file_signatures>.
public enum ContentType: String, Sendable, Hashable, CaseIterable {
    case jpeg, png, gif, webp, heif, tiff, bmp, psd, pdf, jpeg2000, jbig2, icon
    case mp4, quicktime, matroska, avi, wav, caf, aiff, amr, mp3, aac, ogg, flac
    case zip, gzip, xz, zstandard, bzip2, sevenZip = "7z", rar, tar, xar
    case binaryPropertyList = "binary-plist", xmlPropertyList = "xml-plist", xml, html, rtf
    case sqlite, oleDocument = "ole-document", calendar, contactCard = "contact-card"
    case machO = "mach-o", elf, dex, portableExecutable = "pe", script

    /// How many bytes from the start are enough.
    public static let length = 264

    /// The type that the first bytes show; nothing if they show none of these.
    public init?(_ start: [UInt8]) {
        guard let type = ContentType.bySignature(start) ?? ContentType.byContainer(start) ?? ContentType.byText(start)
        else { return nil }
        self = type
    }

    /// Signatures at the very start, the longer ones first where one begins another.
    private static let signatures: [(bytes: [UInt8], type: ContentType)] = [
        ([0xFF, 0xD8, 0xFF], .jpeg), ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        (Array("GIF87a".utf8), .gif), (Array("GIF89a".utf8), .gif), (Array("8BPS".utf8), .psd),
        (Array("%PDF".utf8), .pdf), ([0x49, 0x49, 0x2A, 0], .tiff), ([0x4D, 0x4D, 0, 0x2A], .tiff),
        ([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20], .jpeg2000), ([0xFF, 0x4F, 0xFF, 0x51], .jpeg2000),
        ([0x97, 0x4A, 0x42, 0x32, 0x0D, 0x0A, 0x1A, 0x0A], .jbig2), ([0, 0, 1, 0], .icon),
        ([0x1A, 0x45, 0xDF, 0xA3], .matroska), (Array("caff".utf8), .caf), (Array("#!AMR".utf8), .amr),
        (Array("ID3".utf8), .mp3), ([0xFF, 0xFB], .mp3), ([0xFF, 0xF1], .aac), ([0xFF, 0xF9], .aac),
        (Array("OggS".utf8), .ogg), (Array("fLaC".utf8), .flac), ([0x50, 0x4B, 3, 4], .zip),
        ([0x50, 0x4B, 5, 6], .zip), ([0x1F, 0x8B], .gzip), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .xz),
        ([0x28, 0xB5, 0x2F, 0xFD], .zstandard), (Array("BZh".utf8), .bzip2),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip), (Array("Rar!".utf8), .rar), (Array("xar!".utf8), .xar),
        (Array("bplist".utf8), .binaryPropertyList), (Array("{\\rtf".utf8), .rtf),
        (Array("SQLite format 3\0".utf8), .sqlite),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oleDocument), ([0xCF, 0xFA, 0xED, 0xFE], .machO),
        ([0xCE, 0xFA, 0xED, 0xFE], .machO), ([0xFE, 0xED, 0xFA, 0xCF], .machO), ([0xFE, 0xED, 0xFA, 0xCE], .machO),
        ([0xCA, 0xFE, 0xBA, 0xBE], .machO), ([0x7F, 0x45, 0x4C, 0x46], .elf), (Array("dex\n".utf8), .dex),
        (Array("MZ".utf8), .portableExecutable), (Array("#!/".utf8), .script), (Array("BM".utf8), .bmp),
    ]

    private static func bySignature(_ start: [UInt8]) -> ContentType? {
        signatures.first { start.starts(with: $0.bytes) }?.type
    }

    /// RIFF and FORM name their content behind the size; ISO base media files have their brand behind `ftyp`; tar has
    /// its mark behind the first header.
    private static func byContainer(_ start: [UInt8]) -> ContentType? {
        func text(_ range: Range<Int>) -> String? {
            start.count >= range.upperBound ? String(decoding: start[range], as: UTF8.self) : nil
        }
        switch (text(0..<4), text(8..<12)) {
        case ("RIFF", "WEBP"): return .webp
        case ("RIFF", "WAVE"): return .wav
        case ("RIFF", "AVI "): return .avi
        case ("FORM", "AIFF"), ("FORM", "AIFC"): return .aiff
        default: break
        }
        if text(4..<8) == "ftyp", let brand = text(8..<12) {
            if ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif", "avis"].contains(brand) {
                return .heif
            }
            return brand == "qt  " ? .quicktime : .mp4
        }
        if let atom = text(4..<8), ["moov", "mdat", "wide", "free"].contains(atom) { return .quicktime }
        return text(257..<262) == "ustar" ? .tar : nil
    }

    private static func byText(_ start: [UInt8]) -> ContentType? {
        let isMarked = start.starts(with: [0xEF, 0xBB, 0xBF])
        let text = String(decoding: start.dropFirst(isMarked ? 3 : 0), as: UTF8.self).lowercased()
            .drop { $0.isWhitespace }
        if text.hasPrefix("<?xml") {
            return text.contains("<plist") || text.contains("plist ") ? .xmlPropertyList : .xml
        }
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return .html }
        if text.hasPrefix("begin:vcard") { return .contactCard }
        return text.hasPrefix("begin:vcalendar") ? .calendar : nil
    }
}

extension ContentType {
    /// The types that a file of this extension (in lower case, without a dot) ordinarily has; nothing for extensions
    /// that promise none of these types.
    public static func ordinary(for fileExtension: String) -> Set<ContentType>? { promised[fileExtension] }

    private static let promised: [String: Set<ContentType>] = {
        let pictures: Set<ContentType> = [.heif]
        let media: Set<ContentType> = [.mp4, .quicktime]
        var promised: [String: Set<ContentType>] = [
            "gif": [.gif], "png": [.png], "webp": [.webp], "psd": [.psd], "pdf": [.pdf], "bmp": [.bmp],
            "ico": [.icon], "wav": [.wav], "avi": [.avi], "caf": [.caf], "amr": [.amr], "flac": [.flac],
            "ogg": [.ogg], "opus": [.ogg], "gz": [.gzip], "tgz": [.gzip], "xz": [.xz], "bz2": [.bzip2],
            "7z": [.sevenZip], "rar": [.rar], "tar": [.tar], "rtf": [.rtf], "vcf": [.contactCard],
            "ics": [.calendar], "plist": [.binaryPropertyList, .xmlPropertyList], "dex": [.dex],
            "mp3": [.mp3, .aac], "aac": [.aac, .mp4], "jp2": [.jpeg2000],
        ]
        for name in ["jpg", "jpeg", "jpe"] { promised[name] = [.jpeg] }
        for name in ["tif", "tiff"] { promised[name] = [.tiff] }
        for name in ["heic", "heif", "avif", "heics"] { promised[name] = pictures }
        for name in ["mp4", "m4v", "mov", "m4a", "m4b", "3gp", "3gpp", "3g2", "qt"] { promised[name] = media }
        for name in ["aif", "aiff", "aifc"] { promised[name] = [.aiff] }
        for name in ["html", "htm"] { promised[name] = [.html, .xml] }
        for name in [
            "pkpass", "pkpasses", "zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "apk", "ipa", "jar",
            "usdz",
            "kmz", "aar", "order",
        ] { promised[name] = [.zip] }
        for name in ["doc", "xls", "ppt", "msg"] { promised[name] = [.oleDocument, .rtf, .html, .xml] }
        return promised
    }()
}
