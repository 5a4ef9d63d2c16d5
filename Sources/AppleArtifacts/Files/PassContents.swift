import FileFormats
import Primitives

/// What a Wallet pass, which is a zip archive of pictures and JSON, holds beside what a pass should.
///
/// Source: Citizen Lab, BLASTPASS, 2023-09-07, and the talk "You Shall Not PASS" (Black Hat Asia 2024): the passes of that
/// attack held a picture named `.png` that was WebP, a `pass.json` of a few bytes, and a keyed archive with an
/// expression to be evaluated.
struct PassContents {
    /// The number of files in it.
    var files = 0
    /// The size of `pass.json` in bytes, if there is one.
    var descriptionSize: Int?
    /// Whether a file with another extension is a WebP picture.
    var hasDisguisedPicture = false
    /// Whether a file holds the text of an expression that calls functions.
    var hasExpression = false
    /// What could not be read.
    var damage: [ParseError] = []

    private static let fileLimit = 500
    private static let sizeLimit = 16 << 20
    private static let totalLimit = 64 << 20

    /// Reads the files of a pass; bounded, however large they say they are.
    init(_ source: any ByteSource) throws(ParseError) {
        let listing = try ZipDirectory.listing(of: source)
        damage = listing.damage
        var room = PassContents.totalLimit
        files = listing.paths.count
        for index in 0..<min(listing.paths.count, PassContents.fileLimit) {
            let member = listing.members[listing.paths.number(at: index)]
            let name = String(
                decoding: listing.paths.path(at: index).split(separator: PathTable.separator).last ?? [],
                as: UTF8.self
            ).lowercased()
            if name == "pass.json" { descriptionSize = member.size }
            guard member.size <= PassContents.sizeLimit, member.size <= room else {
                damage.append(ParseError(.beyondLimit, "files of a pass of at most \(PassContents.sizeLimit) bytes"))
                continue
            }
            room -= member.size
            do throws(ParseError) {
                let content = try member.contents(inZip: source).bytes(limit: PassContents.sizeLimit)
                if ContentType(Array(content.prefix(ContentType.length))) == .webp, !name.hasSuffix(".webp") {
                    hasDisguisedPicture = true
                }
                if ExpressionMarks.occur(in: content) { hasExpression = true }
            } catch {
                damage.append(error)
            }
        }
        if listing.paths.count > PassContents.fileLimit {
            damage.append(ParseError(.beyondLimit, "a pass of at most \(PassContents.fileLimit) files"))
        }
    }
}

/// The texts by which an archived expression that calls functions is recognised.
enum ExpressionMarks {
    /// `FUNCTION(CAST(` is how such an expression is written; the class is how a keyed archive names one. In a binary
    /// property list text is ASCII, or UTF-16 with the most significant byte first.
    private static let marks: [[UInt8]] = ["FUNCTION(CAST(", "NSFunctionExpression"].flatMap { text in
        [Array(text.utf8), text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }]
    }

    /// Whether a content holds one of them.
    static func occur(in content: [UInt8]) -> Bool {
        content.withUnsafeBufferPointer { content in
            marks.contains { mark in
                guard content.count >= mark.count, let first = mark.first else { return false }
                var index = 0
                let last = content.count - mark.count
                while index <= last {
                    if content[index] == first, (0..<mark.count).allSatisfy({ content[index + $0] == mark[$0] }) {
                        return true
                    }
                    index += 1
                }
                return false
            }
        }
    }
}
