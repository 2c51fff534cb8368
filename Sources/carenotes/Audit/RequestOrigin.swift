/// Where a request comes from and what it asks for, as the audit trail has it.
package struct RequestOrigin: Sendable, Equatable {
    /// Method and template of the path, such as `GET /api/notes/{id}`.
    package var action: String
    /// The client's address; `local` for a program of this machine.
    package var client: String
    package var requestID: String

    /// What is done without a request, as by tests.
    package static let internalUse = RequestOrigin(action: "internal", client: "local", requestID: "")

    package init(action: String, client: String, requestID: String) {
        self.action = action
        self.client = client
        self.requestID = requestID
    }

    init(_ request: Request) {
        // A HEAD shows no less than a GET: that there is such a record, and when it changed.
        action = "\(request.method.name) \(request.route.path)"
        client = ClientAddress.whole(request.headers)
        requestID = request.id
    }
}
