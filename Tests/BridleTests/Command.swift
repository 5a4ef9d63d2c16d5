import Foundation

/// Runs the built command as a stranger would: another process, with its own environment and streams.
struct Command: Sendable {
    /// What came of a run.
    struct Outcome: Sendable {
        let code: Int32
        /// Whether a signal ended it, which nothing in this house may do.
        let isCrash: Bool
        let output: String
        let error: String
        let outputBytes: Data
    }

    /// The executable beside the test bundle.
    static let path: String = {
        if let given = ProcessInfo.processInfo.environment["BRIDLE_EXECUTABLE"] { return given }
        let bundles =
            CommandLine.arguments + Bundle.allBundles.map(\.bundlePath) + [Bundle.main.bundlePath]
        for path in bundles {
            var url = URL(fileURLWithPath: path)
            while url.path.count > 1, url.pathExtension != "xctest" { url.deleteLastPathComponent() }
            let found = url.deletingLastPathComponent().appendingPathComponent("bridle").path
            if url.pathExtension == "xctest", FileManager.default.isExecutableFile(atPath: found) { return found }
        }
        return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("bridle").path
    }()

    let workspace: Workspace
    var environment: [String: String] = [:]

    /// Runs `bridle` with arguments.
    func callAsFunction(_ arguments: String..., input: String? = nil) async throws -> Outcome {
        try await run(Command.path, arguments, input: input)
    }

    /// Runs a line of the shell, in which `$BRIDLE` is the command.
    func shell(_ line: String, input: String? = nil) async throws -> Outcome {
        try await run("/bin/sh", ["-c", line], input: input)
    }

    /// Runs `bridle` where no terminal can be opened.
    func withoutTerminal(_ arguments: String...) async throws -> Outcome {
        let tool = "/usr/bin/setsid"
        guard FileManager.default.isExecutableFile(atPath: tool) else { return try await run(Command.path, arguments) }
        return try await run(tool, ["--wait", Command.path] + arguments)
    }

    /// How many commands run at a time: a machine that is busy with a hundred of them tests nothing but its patience.
    private static let places = DispatchSemaphore(value: 4)

    /// Runs `bridle`, and calls `meanwhile` with its process identifier again and again until that says it is done.
    ///
    /// On a thread of its own: the tasks of other tests keep the shared ones busy, and a signal must come in time.
    func run(
        _ executable: String, _ arguments: [String], input: String? = nil,
        meanwhile: @escaping @Sendable (Int32) -> Bool = { _ in true }
    ) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                Command.places.wait()
                defer { Command.places.signal() }
                continuation.resume(
                    with: Result { try wait(executable, arguments, input: input, meanwhile: meanwhile) })
            }
        }
    }

    private func wait(
        _ executable: String, _ arguments: [String], input: String?, meanwhile: (Int32) -> Bool
    ) throws -> Outcome {
        let name = UUID().uuidString
        let (output, error) = (workspace.path("." + name + ".out"), workspace.path("." + name + ".err"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = [
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": workspace.path("home"),
            "BRIDLE_DATA": workspace.path("data"), "BRIDLE": Command.path,
        ].merging(environment) { $1 }
        process.currentDirectoryURL = URL(fileURLWithPath: workspace.path)
        for path in [output, error] { try Data().write(to: URL(fileURLWithPath: path)) }
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: error)
        if let input {
            let file = workspace.path("." + name + ".in")
            try Data(input.utf8).write(to: URL(fileURLWithPath: file))
            process.standardInput = FileHandle(forReadingAtPath: file)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        var isDone = false
        let deadline = ContinuousClock.now + .seconds(300)
        while process.isRunning {
            if !isDone { isDone = meanwhile(process.processIdentifier) }
            if ContinuousClock.now > deadline { kill(process.processIdentifier, SIGKILL) }
            Thread.sleep(forTimeInterval: isDone ? 0.005 : 0.001)
        }
        process.waitUntilExit()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: output))
        let complaint = try Data(contentsOf: URL(fileURLWithPath: error))
        for end in [".out", ".err", ".in"] {
            try? FileManager.default.removeItem(atPath: workspace.path("." + name + end))
        }
        return Outcome(
            code: process.terminationStatus, isCrash: process.terminationReason == .uncaughtSignal,
            output: String(decoding: bytes, as: UTF8.self), error: String(decoding: complaint, as: UTF8.self),
            outputBytes: bytes)
    }
}
