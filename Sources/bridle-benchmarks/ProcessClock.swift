import Foundation

/// What this process has used so far.
enum ProcessClock {
    /// CPU time, user and system, in seconds.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Seconds with three digits behind the point.
    static func text(_ seconds: Double) -> String { "\((seconds * 1_000).rounded() / 1_000) s" }

    /// The largest resident size so far, as the system tells it.
    static var peakMegabytes: Int {
        #if os(Linux)
            let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
            return (line?.split(separator: " ").dropLast().last).flatMap { Int($0) }.map { $0 >> 10 } ?? 0
        #else
            var usage = rusage()
            return getrusage(RUSAGE_SELF, &usage) == 0 ? Int(usage.ru_maxrss) >> 20 : 0
        #endif
    }
}
