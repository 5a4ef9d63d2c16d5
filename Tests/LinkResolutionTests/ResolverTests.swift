import CaseModel
import Foundation
import Primitives
import TestSupport
import Testing

@testable import LinkResolution

/// Asking, through a proxy that the test starts.
///
/// The proxy is named in the environment, which belongs to the whole process: every test that sets it runs in a process
/// of its own. Nothing leaves this machine, since the proxy answers for the services.
@Suite(.timeLimit(.minutes(10))) struct ResolverTests {
    /// A proxy that answers for every service, and a resolver that goes through it.
    static func setUp(
        _ limits: (inout ShortLinkResolver.Limits) -> Void = { _ in },
        _ answer: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Answer
    ) throws -> (LoopbackServer, ShortLinkResolver) {
        let server = try LoopbackServer(answer)
        for name in ["no_proxy", "NO_PROXY"] { setenv(name, "*", 1) }
        let proxy = try #require(WebProxy(server.address))
        proxy.takeOver(withoutExceptions: true)
        var chosen = ShortLinkResolver.Limits()
        (chosen.pause, chosen.seconds) = (0, 5)
        limits(&chosen)
        return (server, ShortLinkResolver(proxy, limits: chosen) { Timestamp(unixSeconds: 1_700_000_000 as Int64) })
    }

    @Test func `a link is asked through the proxy, and where it leads is not`() async {
        await #expect(processExitsWith: .success) {
            let (server, resolver) = try Self.setUp { _ in
                .whole(301, ["Location": "https://far.example/x", "Set-Cookie": "a=b"])
            }
            let answers = await resolver.answers(for: ["http://bit.ly/a", "http://t.co/b"])
            #expect(answers.map(\.outcome) == [.led, .led])
            #expect(answers.map(\.hops) == [["https://far.example/x"], ["https://far.example/x"]])
            #expect(answers[0].asked == Timestamp(unixSeconds: 1_700_000_000 as Int64))
            #expect(server.targets == ["http://bit.ly/a", "http://t.co/b"])
            #expect(server.requests.allSatisfy { $0.method == "HEAD" })
            for request in server.requests {
                let shown = Set(request.headers.keys)
                #expect(shown.isDisjoint(with: ["cookie", "referer", "authorization", "from"]))
                #expect(request.headers["user-agent"] == HeadReader.agent)
                #expect(!request.headers.values.contains { $0.lowercased().contains("bridle") })
            }
            // Asked once for all cases of a command.
            let again = await resolver.answers(for: ["http://bit.ly/a"])
            #expect(again == [answers[0]] && server.requests.count == 2)
        }
    }

    @Test func `short links behind short links are followed, loops and long ways are not`() async {
        await #expect(processExitsWith: .success) {
            let (server, resolver) = try Self.setUp { request in
                switch request.target {
                case "http://bit.ly/a": .whole(302, ["Location": "/b"])
                case "http://bit.ly/b": .whole(302, ["Location": "HTTP://WWW.TinyURL.com./c#f"])
                case "http://www.tinyurl.com/c": .whole(307, ["Location": "https://far.example/"])
                case "http://bit.ly/loop": .whole(302, ["Location": "//t.co/loop"])
                case "http://t.co/loop": .whole(302, ["Location": "http://bit.ly/loop"])
                case "http://bit.ly/port": .whole(302, ["Location": "http://bit.ly:22/x"])
                default: .whole(302, ["Location": request.target + "x"])
                }
            }
            let answers = await resolver.answers(
                for: ["http://bit.ly/a", "http://bit.ly/loop", "http://bit.ly/port", "http://bit.ly/x"])
            #expect(answers.map(\.outcome) == [.led, .loop, .led, .tooManyHops], "\(answers)")
            #expect(answers[0].hops.last == "https://far.example/")
            #expect(answers[0].hops.count == 3 && answers[3].hops.count == ShortLinkAnswer.hopLimit)
            #expect(!server.targets.contains { $0.contains("far.example") || $0.contains(":22") })
        }
    }

    @Test func `odd answers are told apart, and none ends the command`() async {
        await #expect(processExitsWith: .success) {
            let (server, resolver) = try Self.setUp({ $0.silences = 100 }) { request in
                switch request.target.split(separator: "/").last {
                case "page": .text("<html>")
                case "gone": .whole(404)
                case "denied": .whole(403)
                case "password": .whole(401, ["WWW-Authenticate": "Basic realm=\"x\""])
                case "trouble": .whole(503)
                case "control": .whole(302, ["Location": "https://far.example/\u{1B}[2J"])
                case "long": .whole(302, ["Location": "https://far.example/" + String(repeating: "a", count: 50_000)])
                case "huge": .whole(302, ["Location": "https://far.example/" + String(repeating: "a", count: 1 << 20)])
                case "script": .whole(302, ["Location": "javascript:alert(document.domain)"])
                case "empty": .whole(302, ["Location": ""])
                case "nowhere": .whole(302)
                case "get":
                    request.method == "HEAD"
                        ? .whole(405) : .whole(302, ["Location": "https://far.example/got"])
                case "body":
                    request.method == "HEAD" ? .whole(501) : .endless
                default: .cutOff([], announced: 5)
                }
            }
            let names: [(String, [ShortLinkAnswer.Outcome])] = [
                ("page", [.ledNowhere]), ("gone", [.gone]), ("denied", [.refused]), ("password", [.refused]),
                ("trouble", [.serviceError]), ("control", [.unusable]), ("long", [.unusable]),
                ("huge", [.unusable, .noAnswer]), ("script", [.led]), ("empty", [.noAnswer, .ledNowhere]),
                ("nowhere", [.noAnswer, .ledNowhere]), ("get", [.led]), ("body", [.ledNowhere]),
            ]
            for (name, expected) in names {
                let answer = await resolver.answers(for: ["http://bit.ly/" + name])[0]
                #expect(expected.contains(answer.outcome), "\(name): \(answer)")
                #expect(answer.hops.allSatisfy(ShortLinkAnswer.isAddress))
            }
            #expect(!server.targets.contains { $0.contains("far.example") })
        }
    }

    @Test func `an encrypted link is asked by CONNECT, and what the proxy says of its own is not believed`() async {
        await #expect(processExitsWith: .success) {
            let (server, resolver) = try Self.setUp { request in
                request.target.hasPrefix("t.co")
                    ? .whole(302, ["Location": "https://forged.example/"]) : .whole(502)
            }
            let answers = await resolver.answers(for: ["https://bit.ly/a", "https://t.co/b"])
            #expect(answers.allSatisfy { !$0.outcome.isAnswer && $0.hops.isEmpty }, "\(answers)")
            #expect(server.requests.allSatisfy { $0.method == "CONNECT" })
            #expect(server.targets == ["bit.ly:443", "t.co:443"])
        }
    }

    @Test func `without its proxy nothing is asked at all`() async {
        await #expect(processExitsWith: .success) {
            let direct = try LoopbackServer { _ in .whole(302, ["Location": "https://far.example/"]) }
            let gone: Int
            do {
                let server = try LoopbackServer { _ in .whole(200) }
                gone = server.port
            }
            for name in ["no_proxy", "NO_PROXY"] { setenv(name, "127.0.0.1,bit.ly,*", 1) }
            let proxy = try #require(WebProxy("http://127.0.0.1:\(gone)"))
            let reader = HeadReader(proxy: proxy, seconds: 5)
            let target = direct.address + "/x"
            // Before it was made the proxy of the command.
            #expect(await reader.read(target, method: "HEAD") { false } == .proxyFailed)
            proxy.takeOver(withoutExceptions: true)
            #expect(await reader.read(target, method: "HEAD") { false } == .proxyFailed)
            // An exception that comes back would make it direct.
            setenv("no_proxy", "127.0.0.1", 1)
            #expect(await reader.read(target, method: "HEAD") { false } == .proxyFailed)
            #expect(direct.requests.isEmpty)
            // The same with a proxy that is there, to show that the test can fail.
            let living = try LoopbackServer { _ in .whole(302, ["Location": "https://far.example/"]) }
            let other = try #require(WebProxy(living.address))
            other.takeOver(withoutExceptions: true)
            let answer = await HeadReader(proxy: other, seconds: 5).read(target, method: "HEAD") { false }
            #expect(answer == .head(status: 302, location: "https://far.example/"))
            #expect(living.targets == [target] && direct.requests.isEmpty)
        }
    }

    @Test func `a proxy that fails or refuses ends the asking`() async {
        await #expect(processExitsWith: .success) {
            let (server, resolver) = try Self.setUp { _ in
                .whole(407, ["Proxy-Authenticate": "Basic realm=\"x\""])
            }
            let links = ["http://bit.ly/a", "http://bit.ly/b", "http://bit.ly/c"]
            let refused = await resolver.answers(for: links)
            #expect(refused.map(\.outcome) == [.proxyFailed, .notAsked, .notAsked])
            #expect(server.requests.count == 1)
            let dead = try #require(WebProxy("http://127.0.0.1:1"))
            dead.takeOver(withoutExceptions: true)
            let failed = await ShortLinkResolver(dead) { Timestamp(unixSeconds: 0 as Int64) }.answers(for: links)
            #expect(failed.map(\.outcome) == [.proxyFailed, .notAsked, .notAsked])
            let socks = try #require(WebProxy("socks5://127.0.0.1:1"))
            socks.takeOver(withoutExceptions: true)
            #expect(getenv("http_proxy").map { String(cString: $0) } == "socks5h://127.0.0.1:1")
            let closed = await ShortLinkResolver(socks) { Timestamp(unixSeconds: 0 as Int64) }.answers(for: [
                "http://bit.ly/a"
            ])
            #expect(closed.map(\.outcome) == [.proxyFailed])
        }
    }

    @Test func `what is too much, too slow or interrupted is not asked, and said`() async {
        await #expect(processExitsWith: .success) {
            let (server, resolver) = try Self.setUp({ ($0.links, $0.seconds, $0.silences) = (4, 2, 2) }) { _ in
                .silent(10)
            }
            let links = ["a", "b", "c", "d", "e"].map { "http://bit.ly/" + $0 }
            let slow = await resolver.answers(for: links)
            #expect(slow.map(\.outcome) == [.noAnswer, .noAnswer, .notAsked, .notAsked, .notAsked])
            #expect(slow.map(\.link) == links && server.requests.count == 2)
            let stopped = await resolver.answers(for: links) { true }
            #expect(stopped.allSatisfy { $0.outcome == .notAsked && $0.asked == nil })
            let unfit = [
                "http://user:pw@bit.ly:22/", "http://bit.ly:22/x", "ftp://bit.ly/x", "https://far.example/", "",
            ]
            #expect(await resolver.answers(for: unfit).allSatisfy { $0.outcome == .notAsked })
            #expect(server.requests.count == 2)
            let (quick, many) = try Self.setUp({ $0.links = 2 }) { _ in .whole(404) }
            #expect(await many.answers(for: links).map(\.outcome) == [.gone, .gone, .notAsked, .notAsked, .notAsked])
            #expect(quick.requests.count == 2)
        }
    }
}
