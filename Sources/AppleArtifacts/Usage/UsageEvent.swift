import ArtifactModel
import Primitives

/// An event as CoreDuet notes it, in knowledgeC.db and in the streams of Biome that took its place.
///
/// An event has the name of its stream, an interval and one value. What the value is depends on the stream, and so does
/// what it shows: an application that was in the foreground ran, a page of the history was visited. Values of streams
/// that are not listed here may be anything a person wrote, so they are content.
struct UsageEvent: Sendable {
    var stream: String?
    var start: Timestamp?
    var end: Timestamp?
    var usedApplication: String?
    var installedApplication: String?
    var url: String?
    var host: String?
    var title: String?
    var text: String?
    var integer: Int64?
    var real: Double?
    var source: String?
    var device: String?
    var offset: Int64?
    var uuid: String?

    /// Streams whose text is the bundle identifier of an application that ran.
    private static let used: Set<String> = [
        "/app/activity", "/app/inFocus", "/app/mediaUsage", "/app/usage", "/app/webUsage",
    ]

    /// Puts the text of the event where its stream says that it belongs.
    mutating func take(_ value: String?) {
        switch stream {
        case .some(let stream) where Self.used.contains(stream): usedApplication = value
        case "/app/install": installedApplication = value
        case "/safari/history": url = value
        default: text = value
        }
    }

    /// Fields for the record that holds the event.
    static func fields<Subject>(_ event: @escaping @Sendable (Subject) -> UsageEvent) -> [Field<Subject>] {
        [
            Field("stream", text: { event($0).stream }, shown: true, "/app/inFocus: what kind of event it is"),
            Field("start", "The device noted the beginning of an event of its use", moment: { event($0).start }),
            Field("end", "The device noted the end of an event of its use", moment: { event($0).end }),
            Field(
                "bundle_identifier", .observable(Observable(.applicationIdentifier, .ran)),
                text: { event($0).usedApplication }, shown: true, "the application that was used"),
            Field(
                "installed_bundle_identifier", .observable(Observable(.applicationIdentifier, .installed)),
                text: { event($0).installedApplication }, shown: true, "the application that was installed"),
            Field("url", .observable(Observable(.url, .visited)), text: { event($0).url }, shown: true),
            Field("host", .observable(Observable(.hostName, .visited)), text: { event($0).host }),
            Field("title", .content, text: { event($0).title }),
            Field("value_text", .content, text: { event($0).text }, "the value of any other stream"),
            Field("value_integer", integer: { event($0).integer }, "for streams of states, 1 is yes and 0 no"),
            Field("value_real", real: { event($0).real }),
            Field(
                "source_bundle_identifier", .observable(Observable(.applicationIdentifier)),
                text: { event($0).source }, "what noted the event"),
            Field("device_uuid", text: { event($0).device }, "another device of the account, if the event is its own"),
            Field("utc_offset_seconds", integer: { event($0).offset }, "of the device at that time"),
            Field("uuid", text: { event($0).uuid }),
        ]
    }
}
