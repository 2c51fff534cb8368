/// supervisord's XML-RPC interface over its socket (supervisord.org/api.html).
struct SupervisorClient {
    var socket: String

    enum Failure: Error, Equatable {
        /// Nothing listens at the socket: supervisord does not run.
        case notRunning
        case transport(LocalHTTP.Failure)
        case fault(code: Int, reason: String)
        case malformed
    }

    /// supervisord's fault codes that careinit tells apart (supervisor/xmlrpc.py).
    enum Fault {
        static let badName = 10
        static let alreadyStarted = 60
        static let notRunning = 70
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
            _ = try call("startProcess", name, waits: false)
        }
    }

    /// Stops a program without waiting for its end; one that does not run is left alone.
    func stop(_ name: String) throws(Failure) {
        try tolerate(Fault.notRunning) { () throws(Failure) in _ = try call("stopProcess", name, waits: false) }
    }

    /// Ends supervisord and everything that it runs.
    func shutDown() throws(Failure) { _ = try call("shutdown") }

    private func tolerate(_ code: Int, _ body: () throws(Failure) -> Void) throws(Failure) {
        do { try body() } catch {
            guard case .fault(let found, _) = error, found == code else { throw error }
        }
    }

    private func call(_ method: String, _ name: String? = nil, waits: Bool? = nil) throws(Failure) -> XMLRPCValue {
        var parameters = ""
        if let name { parameters += "<param><value><string>\(Self.escaped(name))</string></value></param>" }
        if let waits {
            parameters += "<param><value><boolean>\(waits ? 1 : 0)</boolean></value></param>"
        }
        let document =
            "<?xml version='1.0'?><methodCall><methodName>supervisor.\(method)</methodName>"
            + "<params>\(parameters)</params></methodCall>"
        return try Self.read(try send(Array(document.utf8)))
    }

    private func send(_ document: [UInt8]) throws(Failure) -> LocalHTTP.Reply {
        do {
            return try LocalHTTP(place: .socket(socket), timeout: .seconds(10))
                .post("/RPC2", type: "text/xml", body: document)
        } catch .unreachable(let error) where error.means(.noServer) {
            throw .notRunning
        } catch {
            throw .transport(error)
        }
    }

    static func read(_ reply: LocalHTTP.Reply) throws(Failure) -> XMLRPCValue {
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
