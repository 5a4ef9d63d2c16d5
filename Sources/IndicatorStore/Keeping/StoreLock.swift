import Foundation

/// Keeps two processes from changing the store at the same time; ends with the process, however that ends.
final class StoreLock {
    private let descriptor: Int32

    /// Waits up to `patience` seconds for another process.
    init(_ path: String, patience: Double) throws(StoreError) {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw DurableFile.unwritable(path, errno) }
        let deadline = ContinuousClock.now + .seconds(patience)
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            let cause = errno
            guard cause == EWOULDBLOCK || cause == EINTR else {
                close(file)
                throw DurableFile.unwritable(path, cause)
            }
            guard ContinuousClock.now < deadline else {
                close(file)
                throw StoreError(
                    .inUse,
                    "Another process is changing the store of indicators. Nothing was changed; try again when it is done."
                )
            }
            usleep(50_000)
        }
        descriptor = file
    }

    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
