import Foundation
import Synchronization
import SyntheticEvidence
import Testing

/// Ctrl-C, the request to end, and the end of the terminal, in the middle of work.
@Suite(.timeLimit(.minutes(30)), .serialized) struct InterruptionTests {
    let workspace: Workspace
    let bridle: Command

    init() throws {
        workspace = try Workspace()
        bridle = Command(workspace: workspace)
        // Large enough that no machine is through before it is interrupted.
        try LargeBackup(LargeBackup.Size().scaled(by: 0.1)).write(
            to: workspace.path("backup"), scratch: workspace.path("home"))
    }

    /// Signals that are sent one by one.
    private final class Signals: Sendable {
        private let rest: Mutex<[Int32]>

        init(_ signals: [Int32]) { rest = Mutex(signals) }

        var areSent: Bool { rest.withLock { $0.isEmpty } }

        /// Sends the next one; true if it was the last.
        func send(to process: Int32) -> Bool {
            rest.withLock { rest in
                if let signal = rest.first {
                    kill(process, signal)
                    rest.removeFirst()
                }
                return rest.isEmpty
            }
        }
    }

    /// Sends a signal as soon as a staging folder stands in the workspace.
    private func interrupt(
        _ arguments: [String], with signals: [Int32]
    ) async throws -> (outcome: Command.Outcome, isSent: Bool) {
        let rest = Signals(signals)
        let outcome = try await bridle.run(Command.path, arguments) { process in
            guard (try? workspace.names().contains { $0.contains(".partial-") }) == true else { return false }
            return rest.send(to: process)
        }
        return (outcome, rest.areSent)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `an interrupted check leaves a case that says it is incomplete`(signal: Int32) async throws {
        let before = try workspace.names("backup")
        let (outcome, isSent) = try await interrupt(["check", "backup", "-o", "case"], with: [signal])
        #expect(isSent)
        #expect(outcome.code == 130 && !outcome.isCrash, "\(outcome.code) \(outcome.error)")
        #expect(outcome.error.contains("marked incomplete"), "\(outcome.error)")
        #expect(try workspace.json("case/case.json")["complete"] as? Bool == false)
        #expect(workspace.exists("case/report.html") && workspace.exists("case/findings.jsonl"))
        #expect(try workspace.text("case/coverage.json").contains("\"stopped_because\":\"interrupted\""))
        #expect(try !workspace.hasLeftovers())
        #expect(try workspace.names("backup") == before)
    }

    @Test func `a second interruption leaves nothing`() async throws {
        let (outcome, isSent) = try await interrupt(["check", "backup", "-o", "case"], with: [SIGINT, SIGINT])
        #expect(isSent && outcome.code == 130 && !outcome.isCrash)
        // Two signals can be heard as one, and then the case is there, marked.
        if workspace.exists("case") {
            #expect(try workspace.json("case/case.json")["complete"] as? Bool == false)
        }
        #expect(try !workspace.hasLeftovers())
    }

    @Test func `an interruption whose remark nobody reads leaves nothing behind`() async throws {
        // As in `bridle … 2>&1 | tee log`, where Ctrl-C ends tee as well.
        let line = """
            { sh -c 'echo $$ > pid; exec "$BRIDLE" check backup -o case'; echo $? > code; } 2>&1 | true; \
            while [ ! -s code ]; do sleep 0.05; done
            """
        let outcome = try await bridle.run("/bin/sh", ["-c", line]) { _ in
            guard (try? workspace.names().contains { $0.contains(".partial-") }) == true,
                let process = Int32((try? workspace.text("pid").dropLast()) ?? "")
            else { return false }
            kill(process, SIGINT)
            return true
        }
        #expect(outcome.code == 0)
        // 141 is what a shell calls a program whose reader went away.
        #expect(["130\n", "141\n"].contains(try workspace.text("code")))
        #expect(try !workspace.hasLeftovers())
        #expect(try workspace.json("case/case.json")["complete"] as? Bool == false)
    }

    @Test func `an ignored signal stays ignored`() async throws {
        // As nohup and shells do for what runs in the background.
        let outcome = try await bridle.run(
            "/bin/sh", ["-c", "trap '' HUP; exec \"$BRIDLE\" check backup -o case --artifact text-messages"]
        ) { process in
            guard (try? workspace.names().contains { $0.contains(".partial-") }) == true else { return false }
            kill(process, SIGHUP)
            return true
        }
        #expect(outcome.code == 0)
        #expect(try workspace.json("case/case.json")["complete"] as? Bool == true)
    }

    @Test func `an interrupted decryption leaves nothing`() async throws {
        try workspace.remove("backup")
        let entries: [BackupWriter.Entry] = (0..<60).map { number in
            .file("HomeDomain", "Library/file\(number)", content: [UInt8](repeating: UInt8(number), count: 400_000))
        }
        try Phone.backup(in: workspace, encryption: Phone.encryption, entries: entries)
        try workspace.write(Phone.password, to: "password")
        let (outcome, isSent) = try await interrupt(
            ["decrypt", "backup", "plain", "--password-file", "password"], with: [SIGINT])
        #expect(isSent)
        #expect(outcome.code == 130 && !outcome.isCrash, "\(outcome.error)")
        #expect(!workspace.exists("plain"))
        #expect(try !workspace.hasLeftovers())
    }

    @Test func `an interrupted key derivation leaves no key file`() async throws {
        try workspace.remove("backup")
        try Phone.backup(
            in: workspace, encryption: BackupEncryption(password: Phone.password, firstRounds: 4_000_000))
        try workspace.write(Phone.password, to: "password")
        let outcome = try await bridle.run(
            Command.path, ["key", "backup", "-o", "key", "--password-file", "password"]
        ) { process in
            guard workspace.exists("key") else { return false }
            kill(process, SIGINT)
            return true
        }
        #expect(outcome.code == 130 && !outcome.isCrash, "\(outcome.error)")
        #expect(!workspace.exists("key"))
    }
}
