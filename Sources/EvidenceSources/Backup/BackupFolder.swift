import ArtifactModel
import FileFormats
import Primitives

/// A folder that was found to be a backup, before anything in it is decrypted.
struct BackupFolder {
    /// How its content is protected.
    enum Protection {
        /// Stored as it was on the device.
        case plain
        /// Encrypted; the manifest too, unless the backup was made by iOS 10.0 or 10.1.
        case encrypted(BackupKeyBag, manifestKey: [UInt8]?)
    }

    /// The path of the folder.
    let path: String
    let root: EvidenceFolder
    let information: PropertyList?
    let manifest: PropertyList?
    let status: PropertyList?
    /// What is missing or odd, in sentences.
    private(set) var remarks: [String] = []

    private static let sqliteMagic = Array("SQLite format 3\0".utf8)

    /// Reads the property lists; throws only if the folder has no manifest that is read.
    init(path: String, root: EvidenceFolder) throws(EvidenceError) {
        self.path = path
        self.root = root
        guard root.hasFile("Manifest.db") else {
            let shown = EvidenceError.shown(path)
            if root.has("Manifest.db") {
                throw EvidenceError(
                    .damaged,
                    "Manifest.db in \(shown) is not a regular file: expected the backup itself, without links.")
            }
            if root.hasFile("Manifest.mbdb") {
                throw EvidenceError(
                    .notEvidence,
                    "\(shown) is a backup of iOS 9 or earlier (Manifest.mbdb): expected one of iOS 10 or "
                        + "later, which has Manifest.db.")
            }
            throw EvidenceError(
                .damaged,
                "\(shown) looks like an iOS backup, but its list of files, Manifest.db, is missing: the "
                    + "backup was not finished, or not copied whole. Make or copy it again.")
        }
        var remarks: [String] = []
        func read(_ name: String, ifMissing remark: String?) -> PropertyList? {
            guard root.has(name) else {
                if let remark { remarks.append(remark) }
                return nil
            }
            do throws(ParseError) {
                return try PropertyList(parsing: try root.file(name).bytes())
            } catch {
                remarks.append("\(name) can't be read (\(error)), so what it says about the device is not known.")
                return nil
            }
        }
        information = read(
            "Info.plist", ifMissing: "Info.plist is missing: the device is described by other files only.")
        manifest = read(
            "Manifest.plist",
            ifMissing: "Manifest.plist is missing: whether the backup was encrypted is judged by Manifest.db alone.")
        status = read(
            "Status.plist", ifMissing: "Status.plist is missing: whether the backup was finished is not known.")
        if let state = status?["SnapshotState"]?.text, state != "finished" {
            remarks.append("Status.plist does not say that the backup was finished: files may be missing.")
        }
        self.remarks = remarks
    }

    /// How the content is protected, judged by content: the names and the flags survive a decryption by other tools.
    mutating func protection() throws(EvidenceError) -> Protection {
        let isPlainDatabase = try startsLikeDatabase()
        let isEncrypted = manifest?["IsEncrypted"]?.truth ?? (manifest?["ManifestKey"] != nil)
        let manifestKey = manifest?["ManifestKey"]?.bytes
        guard isEncrypted || !isPlainDatabase else { return .plain }
        if isPlainDatabase, manifestKey != nil {
            remarks.append(
                "Manifest.plist says that the backup is encrypted, and Manifest.db is not: this is a copy that was "
                    + "decrypted before.")
            return .plain
        }
        guard let manifest else {
            throw EvidenceError(
                .damaged,
                "Manifest.db in \(shownPath) is not a SQLite database, and Manifest.plist, which would hold "
                    + "the keys of an encrypted backup, is missing or can't be read. Copy the backup again, with "
                    + "Manifest.plist.")
        }
        guard isEncrypted else {
            throw EvidenceError(
                .damaged,
                "Manifest.db in \(shownPath) is not a SQLite database, although the backup is not encrypted: "
                    + "it is damaged. Use another copy of the backup.")
        }
        guard let bag = manifest["BackupKeyBag"]?.bytes else {
            throw EvidenceError(
                .damaged,
                "Manifest.plist in \(shownPath) says that the backup is encrypted, and has no key bag "
                    + "(BackupKeyBag): it is damaged. Use another copy of the backup.")
        }
        guard isPlainDatabase || manifestKey != nil else {
            throw EvidenceError(
                .damaged,
                "Manifest.db in \(shownPath) is not a SQLite database, and Manifest.plist has no key for it "
                    + "(ManifestKey): expected one of the two. Use another copy of the backup.")
        }
        return .encrypted(try BackupKeyBag(parsing: bag), manifestKey: isPlainDatabase ? nil : manifestKey)
    }

    /// Adds a sentence to the remarks.
    mutating func remark(_ sentence: String) { remarks.append(sentence) }

    private var shownPath: String { EvidenceError.shown(path) }

    private func startsLikeDatabase() throws(EvidenceError) -> Bool {
        do throws(ParseError) {
            let start = try root.file("Manifest.db").bytes(in: 0..<16)
            guard !start.isEmpty else { throw ParseError(.truncated, "a database that is not empty") }
            return start == BackupFolder.sqliteMagic
        } catch {
            throw EvidenceError(
                error.kind == .unreadable ? .notOpenable : .damaged,
                "Manifest.db in \(shownPath) can't be read (\(error)). Use another copy of the backup.")
        }
    }

    /// What the backup says about itself.
    func summary(path given: String, isEncrypted: Bool) -> EvidenceSummary {
        let lockdown = manifest?["Lockdown"]
        var device = EvidenceSummary.Device()
        device.name = text(information?["Device Name"], information?["Display Name"], lockdown?["DeviceName"])
        device.productType = text(information?["Product Type"], lockdown?["ProductType"])
        device.osVersion = text(information?["Product Version"], lockdown?["ProductVersion"])
        device.osBuild = text(information?["Build Version"], lockdown?["BuildVersion"])
        device.serialNumber = text(information?["Serial Number"], lockdown?["SerialNumber"])
        device.imei = text(information?["IMEI"])
        device.phoneNumber = text(information?["Phone Number"])
        device.identifier = text(
            information?["Target Identifier"], information?["Unique Identifier"], lockdown?["UniqueDeviceID"])
        let taken =
            information?["Last Backup Date"]?.moment ?? status?["Date"]?.moment ?? manifest?["Date"]?.moment
        return EvidenceSummary(
            kind: "ios-backup", path: given, location: path, isEncrypted: isEncrypted, device: device, taken: taken,
            remarks: remarks)
    }

    private func text(_ values: PropertyList?...) -> String? {
        values.lazy.compactMap { $0?.text }.first { !$0.isEmpty }
    }
}
