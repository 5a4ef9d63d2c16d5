import ArtifactModel
import FileFormats

/// What a file system says about its device.
///
/// The version from `SystemVersion.plist` or, where only the volume of data was taken, from `LastBuildInfo.plist`; the
/// name from `data_ark.plist`; numbers from the activation record, whose `AccountToken` is a property list of the old
/// form. Sources: iLEAPP's `lastBuild` and `dataArk`, https://github.com/abrignoni/iLEAPP;
/// https://theapplewiki.com/wiki/Activation_Token.
enum DeviceFacts {
    private static let versions = [
        "/System/Library/CoreServices/SystemVersion.plist",
        "/private/var/installd/Library/MobileInstallation/LastBuildInfo.plist",
    ]
    private static let ark = "/private/var/root/Library/Lockdown/data_ark.plist"
    private static let activation = [
        "/private/var/containers/Data/System/com.apple.mobileactivationd/Library/activation_records/"
            + "activation_record.plist",
        "/private/var/root/Library/Lockdown/activation_records/activation_record.plist",
    ]

    /// The names of the files above.
    static let names = ["SystemVersion.plist", "LastBuildInfo.plist", "data_ark.plist", "activation_record.plist"]

    /// Reads what is there; `bytes` gives the content of a file by its path.
    static func read(_ bytes: (String) -> [UInt8]?) -> EvidenceSummary.Device {
        func list(_ path: String) -> PropertyList? { bytes(path).flatMap { try? PropertyList(parsing: $0) } }
        func text(_ value: PropertyList?) -> String? { value?.text.flatMap { $0.isEmpty ? nil : $0 } }
        var device = EvidenceSummary.Device()
        for path in versions where device.osVersion == nil {
            guard let list = list(path) else { continue }
            device.osVersion = text(list["ProductVersion"])
            device.osBuild = text(list["ProductBuildVersion"]) ?? device.osBuild
        }
        if let list = list(ark) {
            // Names in this file are "domain-key"; the domain of the device itself is empty.
            device.name = text(list["-DeviceName"])
            device.productType = text(list["-ProductType"])
            device.serialNumber = text(list["-SerialNumber"])
            device.phoneNumber = text(list["-PhoneNumber"])
            device.identifier = text(list["-UniqueDeviceID"])
        }
        for path in activation {
            guard let token = list(path)?["AccountToken"]?.bytes else { continue }
            device.productType = device.productType ?? value(of: "ProductType", in: token)
            device.serialNumber = device.serialNumber ?? value(of: "SerialNumber", in: token)
            device.imei = device.imei ?? value(of: "InternationalMobileEquipmentIdentity", in: token)
            device.identifier = device.identifier ?? value(of: "UniqueDeviceID", in: token)
        }
        return device
    }

    /// The value of `"Name" = "value";` in a property list of the old form.
    static func value(of name: String, in token: [UInt8]) -> String? {
        guard token.count <= 1 << 20 else { return nil }
        for line in token.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
            guard parts.count == 5, parts[1].elementsEqual(name.utf8),
                parts[2].filter({ $0 != UInt8(ascii: " ") }).elementsEqual("=".utf8),
                (1...128).contains(parts[3].count)
            else { continue }
            return String(validating: parts[3], as: UTF8.self)
        }
        return nil
    }
}
