import CSystem
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The addresses of a name, by the system's own resolver, with a deadline: getaddrinfo(3) knows none, so that it runs on
/// a thread that is left to itself when it takes too long.
package enum HostLookup {
    /// In the resolver's order, each once: IPv4 in figures, IPv6 without brackets. An address is its own.
    ///
    /// - Throws: `unresolvable`, also where no answer came in time.
    package static func addresses(of host: String, timeout: Duration) throws(TransportError) -> [String] {
        guard let job = Job(host) else { throw .system(call: "pipe", errno: errno) }
        guard job.start() else { throw .system(call: "pthread_create", errno: EAGAIN) }
        guard job.wait(.after(timeout)), let result = job.result else {
            throw .unresolvable(host: host, reason: "no answer in time")
        }
        switch result {
        case .success(let addresses): return addresses
        case .failure(let error): throw error
        }
    }

    private static func lookUp(_ host: String) -> Result<[String], TransportError> {
        var addresses: [String] = []
        do throws(TransportError) {
            _ = try Endpoint.tcp(host: host, port: 0).withAddresses { (address, length) -> Bool? in
                if let text = figures(address, length), !addresses.contains(text) { addresses.append(text) }
                return nil
            }
        } catch { return .failure(error) }
        return .success(addresses)
    }

    private static func figures(_ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> String? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        return code == 0
            ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }

    /// Owned by the caller and the thread: whoever is last closes the pipe.
    private final class Job: Sendable {
        private let host: String
        private let reading: Int32
        private let writing: Int32
        private let outcome = Mutex<Result<[String], TransportError>?>(nil)

        init?(_ host: String) {
            var ends: [Int32] = [-1, -1]
            guard csystem_pipe(&ends) == 0 else { return nil }
            self.host = host
            (reading, writing) = (ends[0], ends[1])
        }

        deinit {
            close(reading)
            close(writing)
        }

        var result: Result<[String], TransportError>? { outcome.withLock { $0 } }

        func start() -> Bool {
            let job = Unmanaged.passRetained(self)
            var thread = pthread_t()
            let code = pthread_create(
                &thread, nil,
                { pointer in
                    guard let pointer else { return nil }
                    Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().run()
                    return nil
                }, job.toOpaque())
            guard code == 0 else {
                job.release()
                return false
            }
            pthread_detach(thread)
            return true
        }

        private func run() {
            let result = HostLookup.lookUp(host)
            outcome.withLock { $0 = result }
            var byte: UInt8 = 1
            _ = write(writing, &byte, 1)
        }

        /// Whether it is done before the deadline.
        func wait(_ deadline: Deadline) -> Bool {
            var entry = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
            while true {
                let ready = poll(&entry, 1, deadline.milliseconds)
                if ready > 0 { return true }
                if ready == 0, deadline.hasPassed { return false }
                if ready < 0, errno != EINTR { return false }
            }
        }
    }
}
