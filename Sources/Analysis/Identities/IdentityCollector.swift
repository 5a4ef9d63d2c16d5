import ArtifactModel
import CaseModel
import Primitives

/// Gathers who is named in the records of one artefact, each once for each role, within bounds.
///
/// While records pass, names are kept as they are written; they are brought into one form when all were seen.
struct IdentityCollector: Sendable {
    /// How many different names of one artefact are kept.
    static let limit = 100_000
    /// How many bytes of text they may have together.
    static let textLimit = 16 << 20
    /// Longer names are none, in bytes.
    private static let nameLimit = 320

    private struct Written: Hashable {
        var text: String
        var kind: Observable.Kind
        var role: Observable.Role
    }

    private struct Seen {
        var records = 0
        var first: Timestamp?
        var last: Timestamp?
    }

    private var seen: [Written: Seen] = [:]
    private var pending: [Written] = []
    private var textSize = 0
    /// How many names were not kept.
    private(set) var overflow = 0

    /// Takes the value of a field, if it names somebody.
    mutating func note(_ text: String, _ observable: Observable) {
        switch observable.kind {
        case .account, .emailAddress, .phoneNumber:
            guard !text.isEmpty, text.utf8.count <= IdentityCollector.nameLimit else { return }
            pending.append(Written(text: text, kind: observable.kind, role: observable.role))
        default: break
        }
    }

    /// Ends a record, whose moment is known now.
    mutating func endRecord(_ moment: Timestamp?) {
        guard !pending.isEmpty else { return }
        for written in pending {
            if seen[written] == nil {
                let size = written.text.utf8.count
                guard seen.count < IdentityCollector.limit, textSize + size <= IdentityCollector.textLimit else {
                    overflow += 1
                    continue
                }
                textSize += size
            }
            let change = { (entry: inout Seen) in
                entry.records += 1
                guard let moment else { return }
                entry.first = min(entry.first ?? moment, moment)
                entry.last = max(entry.last ?? moment, moment)
            }
            change(&seen[written, default: Seen()])
        }
        pending.removeAll(keepingCapacity: true)
    }

    /// The names in one form, in their order; `home` is the region of the owner.
    func identities(of artifact: String, home: String?) -> [Identity] {
        var merged: [Identity.Key: Identity] = [:]
        for (written, entry) in seen {
            guard
                var identity = Identity(
                    written: written.text, written.kind, role: written.role, artifact: artifact, home: home)
            else { continue }
            identity.records = entry.records
            identity.first = entry.first
            identity.last = entry.last
            merged[identity.key]?.merge(identity)
            if merged[identity.key] == nil { merged[identity.key] = identity }
        }
        return merged.values.sorted()
    }
}

extension Identity {
    /// A name in the one form of its kind; nothing if it is none.
    init?(written: String, _ kind: Observable.Kind, role: Observable.Role, artifact: String, home: String?) {
        var text = written
        for scheme in ["mailto:", "tel:", "sip:"] where text.lowercased().hasPrefix(scheme) {
            text = String(text.dropFirst(scheme.count))
        }
        self.init(kind: .account, value: text, role: role, artifact: artifact)
        if let at = text.lastIndex(of: "@"), at > text.startIndex, text.index(after: at) < text.endIndex {
            let host = text[text.index(after: at)...].lowercased()
            value = text.lowercased()
            if host == "s.whatsapp.net" || host == "lid" || host == "g.us" || host == "broadcast" {
                self.kind = .whatsAppAccount
            } else if kind != .phoneNumber, host.contains("."), !text.contains(" ") {
                self.kind = .emailAddress
            }
        } else if let number = TelephoneNumber(text, home: home) {
            self.kind = .phoneNumber
            value = number.text
            region = number.region
            isCountryAssumed = number.isCountryAssumed
        } else if kind != .account {
            // A field of numbers or addresses that holds neither: short codes and names of senders stay as written.
            value = text
        }
    }

    /// The device's own names, as the evidence describes it.
    static func own(_ evidence: EvidenceSummary) -> [Identity] {
        let device = evidence.device
        var identities: [Identity] = []
        for value in [device.serialNumber, device.imei, device.identifier] {
            guard let value, !value.isEmpty else { continue }
            identities.append(
                Identity(kind: .deviceIdentifier, value: value, role: .owner, artifact: evidence.kind))
        }
        if let number = device.phoneNumber,
            let identity = Identity(
                written: number, .phoneNumber, role: .owner, artifact: evidence.kind, home: nil)
        {
            identities.append(identity)
        }
        return identities
    }
}
