import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// `carenotes serve`: reads the settings, opens everything, serves until it is told to end.
enum Serve {
    static func run(_ arguments: ServeArguments) throws(ServeFailure) -> Int32 {
        let (settings, secrets) = try ServeSettings.load(arguments)
        // Before the first thread starts: every thread inherits the mask.
        let signals = csystem_watch_draining()
        let socket = try ListeningSocket.open(
            arguments.address, port: settings.firstPort + UInt16(arguments.instance) - 1)
        let service = try Service(settings, secrets, arguments, socket: socket)
        service.start()
        let shutdown = ServeShutdown(signals: signals, service: service, limit: settings.shutdownTimeout)
        return shutdown.waitAndEnd()
    }
}
