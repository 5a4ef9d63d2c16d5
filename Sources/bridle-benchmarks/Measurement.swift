import Foundation

/// What the operating system says of a process that ended.
struct Measurement: CustomStringConvertible {
    /// User and system time in seconds.
    let cpu: Double
    /// Time from start to end in seconds.
    let wall: Double
    /// The largest resident size in bytes.
    let peak: Int

    var description: String {
        "\(Measurement.rounded(cpu)) s CPU, \(Measurement.rounded(wall)) s wall, \(peak / 1_000_000) MB"
    }

    /// What went wrong with a measured command.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a command and waits for it; its output is thrown away.
    static func run(_ arguments: [String]) throws -> Measurement {
        let start = ContinuousClock.now
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        var process: pid_t = 0
        let code = posix_spawnp(&process, arguments[0], &actions, nil, &pointers, environ)
        guard code == 0 else {
            throw Failure(description: "\(arguments[0]) can't be started: \(String(cString: strerror(code)))")
        }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        guard status == 0 else {
            throw Failure(description: "\(arguments.joined(separator: " ")) ended with \(status)")
        }
        let elapsed = (ContinuousClock.now - start).components
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        #if canImport(Darwin)
            let peak = Int(usage.ru_maxrss)
        #else
            let peak = Int(usage.ru_maxrss) * 1_024
        #endif
        return Measurement(
            cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            wall: Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18, peak: peak)
    }

    /// The bytes of all files below a folder.
    static func size(of folder: String) -> Int {
        let names = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
        return names.reduce(0) { sum, name in
            var status = stat()
            guard stat(folder + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return sum }
            return sum + Int(status.st_size)
        }
    }

    /// Two digits behind the point.
    static func rounded(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
