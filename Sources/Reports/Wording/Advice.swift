import CaseModel

/// What to do now, in the order that keeps evidence.
enum Advice {
    /// A step: what, and why.
    struct Step: Sendable, Hashable {
        /// The step, as a request.
        var heading: String
        /// Why, and how.
        var text: String
    }

    /// What comes before everything else.
    static let danger =
        "If you are in danger, look after yourself and the people with you first. Evidence can wait. If somebody who "
        + "may have access to this device could be provoked by what you do, change nothing on it and speak to somebody "
        + "you trust, from another device."

    /// What the steps are for, by verdict.
    static func introduction(for verdict: Verdict) -> String {
        switch verdict {
        case .confirmed, .strongMatch, .suspicious, .attemptOrContact:
            "The order matters: what comes later can remove traces that what comes earlier keeps."
        case .noMatch, .tooLittleEvidence:
            "If you have no other reason for suspicion, it is enough to keep this backup and to do what step 7 says. If "
                + "you have one, for instance a threat notification, a strange link, or a device that was taken from "
                + "you, take all of them. The order matters: what comes later can remove traces that what comes "
                + "earlier keeps."
        }
    }

    /// Which of the steps the names of the helpers belong to.
    static let helpStep = 4

    /// The steps.
    static let steps = [
        Step(
            heading: "Do not reset, update or restart the device yet, and delete nothing.",
            text: "Messages, links and applications that look wrong are evidence: do not open them and do not remove "
                + "them. Updating and restarting are good advice later; today they can erase what an expert needs."),
        Step(
            heading: "Keep this evidence as it is.",
            text:
                "Keep the evidence and this report on a disk that you can lock away, and its password, if it has one, in "
                + "another place. Make a copy, and work with the copy only."),
        Step(
            heading: "Before any restart or update: a full backup with a password, then a sysdiagnose.",
            text:
                "A sysdiagnose holds crash reports, power statistics and the log of restarts, which no backup does. An "
                + "update or a reset can remove them, and since iOS 26 every restart begins that log anew. If you do not "
                + "know how to take one, wait for the people of step 5."),
        Step(
            heading: "Talk about it from another device.",
            text: "Use a device and an account that were never connected with the examined one. What is said or "
                + "written near the examined device may be read by others."),
        Step(
            heading: "Get help from people who do this every day.",
            text: "They look at cases of journalists, activists, lawyers, politicians and their families, ask for no "
                + "money, and have seen what ordinary devices look like."),
        Step(
            heading: "Tell them what you remember.",
            text: "Write down what happened and when: messages, calls, journeys, times when the device was out of "
                + "your hands, notices from Apple, Google or WhatsApp. A notice from Apple also appears at the top of "
                + "your account page after you sign in at the address that you know; a message alone can be forged."),
        Step(
            heading: "Only then, with their advice: protect the device.",
            text: "Turn on Lockdown Mode, install the newest system version, restart the device regularly, and change "
                + "important passwords from another device. None of this undoes what was already read."),
    ]

    /// Who helps, by name: an address in a report could be forged, or opened on the wrong device.
    static let helpers = [
        "Access Now Digital Security Helpline", "Amnesty International Security Lab", "The Citizen Lab",
    ]

    /// How to find them.
    static let reaching =
        "This page gives no addresses on purpose. Look for these names from another device, and type the address of "
        + "their site yourself."
}
