import FileFormats
import Primitives
import Testing

struct CrashReportTests {
    private func report(_ text: String) -> (report: CrashReport, damage: [ParseError]) {
        var damage: [ParseError] = []
        let report = CrashReport(Array(text.utf8), at: 0) { damage.append($0) }
        return (report, damage)
    }

    @Test func `a thread is found by its mark when no number is given`() {
        let found = report(
            #"{"threads":[{"frames":[{"imageIndex":0}]},{"triggered":true,"frames":[{"imageIndex":1,"symbol":"s"}]}],"#
                + #""usedImages":[{"name":"a"},{"name":"b"}]}"#
        ).report
        #expect(found.faultingThread == 1)
        #expect(found.frames == ["b s"])
    }

    @Test func `images of the first JSON form take their names from elsewhere`() {
        let found = report(
            #"{"usedImages":[["1111",5,"P"]],"legacyInfo":{"imageExtraInfo":[{"name":"n","path":"/usr/lib/n"}]}}"#
        ).report
        #expect(found.images.map { [$0.name, $0.path, $0.uuid] } == [["n", "/usr/lib/n", "1111"]])
    }

    @Test func `what stands before the damage is kept, and the damage is noted`() {
        let found = report(#"{"procName":"kept","pid":7,"procPath":"/usr"#)
        #expect(found.report.process == "kept")
        #expect(found.report.processIdentifier == 7)
        #expect(found.report.isComplete == false)
        #expect(found.damage.map(\.kind) == [.truncated])
    }

    @Test func `a text form that gives number and name apart is read`() {
        let found = report("Command:  x y\nPID: 12\nDuration: 8.5s\nPath: /a b\n").report
        #expect(found.process == "x y")
        #expect(found.processIdentifier == 12)
        #expect(found.duration == 8.5)
        #expect(found.path == "/a b")
    }

    @Test func `the process of a panic is the one whose task panicked`() {
        let found = report(#"{"panicString":"panic(cpu 1): x\nPanicked task 0xf: 1 pages, 2 threads: pid 222: a b"}"#)
            .report
        #expect(found.panic == "panic(cpu 1): x")
        #expect(found.process == "a b")
        #expect(found.processIdentifier == 222)
    }

    @Test(arguments: [
        ("2023-08-04 19:10:03.00 +0200", "2023-08-04T17:10:03.000000Z"),
        ("2023-08-04 19:10:03.1234 -0330", "2023-08-04T22:40:03.123400Z"),
        ("2023-08-04 19:10:03", "2023-08-04T19:10:03.000000Z"),
    ])
    func `times are read with their offset`(text: String, expected: String) {
        #expect(CrashReport.moment(text)?.description == expected)
    }

    @Test(arguments: ["", "+", " +", "2023-13-04 19:10:03 +0000", "a +b"])
    func `no time is made of what is none`(text: String) {
        #expect(CrashReport.moment(text) == nil)
    }
}
