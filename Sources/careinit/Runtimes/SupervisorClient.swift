import Transport

#if canImport(Glibc)
    import Glibc
#endif

/// supervisord's XML-RPC interface over its socket (supervisord.org/api.html).
struct SupervisorClient {
    var socket: String

    enum Failure: Error, Equatable {
        /// Nothing listens at the socket: supervisord does not run.
        case notRunning
        case transport(TransportError)
        case fault(code: Int, reason: String)
        case malformed
    }

    /// supervisord's fault codes that careinit tells apart (supervisor/xmlrpc.py).
    enum Fault {
        static let badName = 10
        static let alreadyStarted = 60
        static let notRunning = 70
        static let alreadyAdded = 90
    }

    func programs() throws(Failure) -> [SupervisedProgram] {
        guard let list = try call("getAllProcessInfo").elements else { throw .malformed }
        return list.compactMap(SupervisedProgram.init)
    }

    /// The process of supervisord itself.
    func processIdentifier() throws(Failure) -> Int {
        guard let number = try call("getPID").number else { throw .malformed }
        return number
    }

    /// Starts a program without waiting; one that already runs is left alone.
    func start(_ name: String) throws(Failure) {
        try tolerate(Fault.alreadyStarted) { () throws(Failure) in
            _ = try call("startProcess", .name(name), .flag(false))
        }
    }

    /// Stops a program without waiting for its end; one that does not run is left alone.
    func stop(_ name: String) throws(Failure) {
        try tolerate(Fault.notRunning) { () throws(Failure) in
            _ = try call("stopProcess", .name(name), .flag(false))
        }
    }

    /// Sends a signal, such as `HUP`, to a program that runs.
    func signal(_ name: String, _ signal: String) throws(Failure) {
        _ = try call("signalProcess", .name(name), .name(signal))
    }

    /// Reads the configuration file again; what runs is not touched.
    func reloadConfiguration() throws(Failure) { _ = try call("reloadConfig") }

    /// Makes a program of the configuration known.
    func add(_ name: String) throws(Failure) {
        try tolerate(Fault.alreadyAdded) { () throws(Failure) in _ = try call("addProcessGroup", .name(name)) }
    }

    /// Forgets a program that has stopped; one that is not known is no failure.
    func remove(_ name: String) throws(Failure) {
        try tolerate(Fault.badName) { () throws(Failure) in _ = try call("removeProcessGroup", .name(name)) }
    }

    /// Ends supervisord and everything that it runs.
    func shutDown() throws(Failure) { _ = try call("shutdown") }

    private func tolerate(_ code: Int, _ body: () throws(Failure) -> Void) throws(Failure) {
        do { try body() } catch {
            guard case .fault(let found, _) = error, found == code else { throw error }
        }
    }

    private func call(_ method: String, _ parameters: Parameter...) throws(Failure) -> XMLRPCValue {
        let values = parameters.map { "<param><value>\($0.element)</value></param>" }.joined()
        let document =
            "<?xml version='1.0'?><methodCall><methodName>supervisor.\(method)</methodName>"
            + "<params>\(values)</params></methodCall>"
        return try Self.read(try send(Array(document.utf8)))
    }

    private enum Parameter {
        case name(String)
        case flag(Bool)

        var element: String {
            switch self {
            case .name(let text): "<string>\(SupervisorClient.escaped(text))</string>"
            case .flag(let value): "<boolean>\(value ? 1 : 0)</boolean>"
            }
        }
    }

    private func send(_ document: [UInt8]) throws(Failure) -> HTTPResponse {
        let request = HTTPRequest(
            "POST", "/RPC2", headers: [HTTPHeader("Content-Type", "text/xml")], body: document)
        do {
            return try HTTPClient.request(request, unixSocket: socket, timeout: .seconds(10))
        } catch .unreachable(let code) where code == ENOENT || code == ECONNREFUSED {
            throw .notRunning
        } catch {
            throw .transport(error)
        }
    }

    static func read(_ reply: HTTPResponse) throws(Failure) -> XMLRPCValue {
        guard reply.isSuccess, let content = try? XMLRPCReader.reply(reply.body) else { throw .malformed }
        switch content {
        case .value(let value): return value
        case .fault(let code, let reason): throw .fault(code: code, reason: reason)
        }
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
    }
}
