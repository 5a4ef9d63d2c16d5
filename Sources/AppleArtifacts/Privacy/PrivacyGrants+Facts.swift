import ArtifactModel

extension PrivacyGrants {
    /// The permissions that let a program see or hear what its owner does, by the names that the database has for them.
    private static let services = [
        "ktccservicemicrophone": "microphone", "ktccservicecamera": "camera", "ktccserviceaddressbook": "contacts",
        "ktccservicephotos": "photos", "ktccservicephotosadd": "adding photos", "ktccservicecalendar": "calendar",
        "ktccservicereminders": "reminders", "ktccservicespeechrecognition": "speech recognition",
        "ktccservicebluetoothalways": "bluetooth", "ktccservicelocation": "location",
        "ktccservicemedialibrary": "media library", "ktccservicemotion": "motion", "ktccservicewillow": "home",
        "ktccservicecalls": "calls",
    ]

    static let facts: [Fact<Entry>] = [
        Fact(.permission) { entry in
            guard let client = entry.client, let permission = entry.permission, let decision = entry.decision,
                decision != "unknown"
            else { return nil }
            let word = services[permission.lowercased()] ?? permission
            return FactReading(client, word, at: entry.modified, isOn: decision != "denied")
        }
    ]
}
