import Foundation

/// The connections of this process, as far as the operating system tells of them.
enum OpenConnections {
    /// Ends what comes in from servers at a port.
    ///
    /// On Linux the library reads what a server sends for as long as more is there at once, before it looks at anything
    /// else, also before it hears that nobody wants it. A server that is fast and sends without an end is read for ever,
    /// and no call of the library changes that. Its connection does: it is ended here, whereupon the library has
    /// nothing more to read. Elsewhere the library needs no help.
    static func end(toPort port: Int) {
        #if canImport(Glibc)
            // The standard streams are not ours, whatever they are.
            for descriptor in 3..<Int32(1_024) where OpenConnections.port(of: descriptor) == port {
                shutdown(descriptor, Int32(SHUT_RDWR))
            }
        #endif
    }

    #if canImport(Glibc)
        /// The port at the other end of a socket of the Internet; `nil` for everything else.
        private static func port(of descriptor: Int32) -> Int? {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            return withUnsafeMutableBytes(of: &address) { bytes -> Int? in
                guard let start = bytes.baseAddress,
                    getpeername(descriptor, start.assumingMemoryBound(to: sockaddr.self), &length) == 0
                else { return nil }
                let family = Int32(bytes.load(as: sa_family_t.self))
                guard family == AF_INET || family == AF_INET6 else { return nil }
                // Both kinds of addresses have the port behind the family.
                return Int(UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self)))
            }
        }
    #endif
}
