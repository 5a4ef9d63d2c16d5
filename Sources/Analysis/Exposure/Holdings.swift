import ArtifactModel
import CaseModel
import Primitives

/// What the device held, by kind, from the facts of all artefacts: each thing once, with the earliest moment known.
struct Holdings: Sendable {
    /// How many things of a kind are looked at: more than any person has.
    static let limit = 5_000

    private struct Thing: Sendable {
        var holding: Exposure.Holding
        var isOn: Bool
    }

    private let accountFacts: [Thing]
    private let messengerFacts: [Thing]
    private let permissionFacts: [Thing]
    private let networkFacts: [Thing]

    init(_ facts: [DeviceFact]) {
        accountFacts = Holdings.things(facts.filter { $0.kind == .account }) { $0.subject.lowercased() }
        messengerFacts = Holdings.things(
            facts.filter { $0.kind == .application && Messenger.name(of: $0.subject) != nil }
        ) { $0.subject }.map { thing in
            var thing = thing
            thing.holding.detail = Messenger.name(of: thing.holding.subject) ?? ""
            return thing
        }
        permissionFacts = Holdings.things(facts.filter { $0.kind == .permission || $0.kind == .use }) {
            $0.subject + "\u{0}" + $0.detail
        }
        networkFacts = Holdings.things(facts.filter { $0.kind == .network }) { $0.subject }
    }

    func accounts(at moment: Timestamp) -> Exposure.Group { Holdings.group(accountFacts, moment) }
    func messengers(at moment: Timestamp) -> Exposure.Group { Holdings.group(messengerFacts, moment) }
    func permissions(at moment: Timestamp) -> Exposure.Group { Holdings.group(permissionFacts, moment) }
    func networks(at moment: Timestamp) -> Exposure.Group { Holdings.group(networkFacts, moment) }

    /// Facts with one key joined: the earliest moment counts. What is off or refused is no holding.
    private static func things(_ facts: [DeviceFact], _ key: (DeviceFact) -> String) -> [Thing] {
        var known: [String: Thing] = [:]
        for fact in facts where fact.isOn {
            let name = key(fact)
            guard var thing = known[name] else {
                known[name] = Thing(
                    holding: Exposure.Holding(fact.subject, fact.detail, since: fact.first), isOn: fact.isOn)
                continue
            }
            if let first = fact.first { thing.holding.since = min(thing.holding.since ?? first, first) }
            known[name] = thing
        }
        return known.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(limit).compactMap { known[$0] }
    }

    /// What is recorded before the moment or without any; what is recorded only later is counted.
    private static func group(_ things: [Thing], _ moment: Timestamp) -> Exposure.Group {
        let held = things.map(\.holding).filter { ($0.since ?? moment) <= moment }
        return Exposure.Group(held, later: things.count - held.count)
    }
}

/// Applications for messages, mail and calls, by the identifiers under which the App Store has them.
///
/// Source: the public look-up of the iTunes Search API, <https://itunes.apple.com/lookup?bundleId=net.whatsapp.WhatsApp>.
enum Messenger {
    private static let names = [
        "net.whatsapp.WhatsApp": "WhatsApp", "net.whatsapp.WhatsAppSMB": "WhatsApp Business",
        "org.whispersystems.signal": "Signal", "ph.telegra.Telegraph": "Telegram",
        "com.facebook.Messenger": "Messenger", "com.facebook.Facebook": "Facebook", "com.viber": "Viber",
        "com.skype.skype": "Skype", "com.tencent.xin": "WeChat", "jp.naver.line": "LINE",
        "com.toyopagroup.picaboo": "Snapchat", "com.burbn.instagram": "Instagram", "com.atebits.Tweetie2": "X",
        "com.hammerandchisel.discord": "Discord", "ch.threema.iapp": "Threema", "im.vector.app": "Element",
        "com.wearezeta.zclient.ios": "Wire", "com.microsoft.skype.teams": "Microsoft Teams",
        "com.tinyspeck.chatlyio": "Slack", "us.zoom.videomeetings": "Zoom", "com.google.Gmail": "Gmail",
        "com.microsoft.Office.Outlook": "Outlook", "ch.protonmail.protonmail": "Proton Mail",
        "com.apple.MobileSMS": "Messages", "com.apple.facetime": "FaceTime", "com.apple.mobilemail": "Mail",
    ]

    /// The name of an application for messages, or nothing if it is none that is known here.
    static func name(of bundle: String) -> String? { names[bundle] }
}
