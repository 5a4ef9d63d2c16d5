import ArtifactModel

/// Which names of processes are names of files on the device.
///
/// A process that used the network without belonging to an application, and without a program of its name anywhere on
/// the device, is a published trace. It can be told only where the whole file system was read out, the system too.
enum ProgramNames {
    /// A program that every release has: where it is missing, the system was not read out.
    private static let witness = Place.device("/usr/sbin/mDNSResponder")

    /// Those of the names that a file has; nothing if it can't be told.
    static func found(_ wanted: Set<Substring>, in evidence: any Evidence) -> Set<Substring>? {
        guard !wanted.isEmpty else { return [] }
        do {
            guard try !evidence.files(at: witness).isEmpty else { return nil }
            var found: Set<Substring> = []
            try evidence.forEachFile { file in
                if let name = file.devicePath.split(separator: "/").last, wanted.contains(name) { found.insert(name) }
            }
            return found
        } catch {
            // A list of files that breaks off says nothing of what is missing.
            return nil
        }
    }

    /// The kernel counts its own traffic, and is no file of this name.
    private static let kernel: Substring = "kernel_task"

    /// `bh` in `bh/com.apple.datausage.dns.multicast`: the name of the process without its purpose.
    static func name(_ process: String?) -> Substring? {
        process?.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).first.flatMap {
            $0.isEmpty || $0 == kernel ? nil : $0
        }
    }
}
