/// Somebody who does not exist, with a phone that does not exist, in the incident of 2021.
///
/// Names are invented, addresses end in `state.gov` as in the reports, and the numbers are Ugandan in form with a
/// subscriber part of zeros that nobody has.
public struct SyntheticPerson: Sendable {
    /// What is planted on the phone.
    public enum Trace: String, Sendable, CaseIterable {
        /// A published process name among the network users.
        case processInDataUsage = "process in data usage"
        /// Network usage whose process was removed.
        case removedProcess = "usage without a process"
        /// A text message with a link to a published domain.
        case linkInMessage = "link in a text message"
        /// A page that led to a published domain in half a second.
        case redirectInHistory = "redirect in Safari"
        /// A received `.gif` that is no picture, from a published account.
        case attachmentAndAccount = "published account, odd attachment"
        /// A published account that the identity services looked up.
        case accountLookup = "account in identity cache"
        /// A published process name in the daily analytics.
        case processInAnalytics = "process in daily analytics"
        /// Apple's threat notification, in the form that only `attributedBody` holds.
        case threatNotification = "Apple threat notification"
        /// A WhatsApp message with a link to a sub-domain of a published domain, in an encrypted backup.
        case linkInWhatsApp = "link in WhatsApp"
        /// Nothing.
        case none = "nothing planted"
    }

    /// The name of the folder.
    public let folder: String
    /// The name of the device.
    public let deviceName: String
    /// The address that the phone's Apple account has.
    public let address: String
    /// The number.
    public let phoneNumber: String
    /// `iPhone12,1`
    public let productType: String
    /// `14.6`
    public let osVersion: String
    /// What is planted.
    public let trace: Trace
    /// The password of the backup, if it is encrypted.
    public let password: String?

    /// Eleven people, as in one count of the press; nine of them with a trace, as in the other.
    public static let all: [SyntheticPerson] = {
        let people: [(String, String, String, Trace)] = [
            ("amber", "iPhone12,1", "14.6", .processInDataUsage),
            ("birch", "iPhone11,8", "14.6", .removedProcess),
            ("cedar", "iPhone12,3", "14.7.1", .linkInMessage),
            ("dahlia", "iPhone7,2", "12.5.4", .redirectInHistory),
            ("elm", "iPhone12,8", "14.7.1", .attachmentAndAccount),
            ("fern", "iPhone11,2", "14.4.2", .accountLookup),
            ("ginger", "iPhone13,2", "14.7", .processInAnalytics),
            ("hazel", "iPhone13,3", "15.1", .threatNotification),
            ("iris", "iPhone12,5", "14.8", .linkInWhatsApp),
            ("juniper", "iPhone13,1", "15.1", .none),
            ("kale", "iPhone12,1", "14.8.1", .none),
        ]
        return people.enumerated().map { index, person in
            SyntheticPerson(
                folder: person.0, deviceName: person.0.prefix(1).uppercased() + person.0.dropFirst() + "’s iPhone",
                address: "\(person.0).synthetic@state.gov", phoneNumber: "+25670000000\(index % 10)",
                productType: person.1, osVersion: person.2, trace: person.3,
                password: person.3 == .linkInWhatsApp ? "synthetic" : nil)
        }
    }()
}
