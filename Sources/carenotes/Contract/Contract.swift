/// What a client may rely on about one operation. The router takes method, route, access and parameters from here, and
/// `/api/openapi.json` is written from it.
struct Contract: Sendable {
    var method: Method
    var route: Route
    var access: Access
    /// One line for whoever writes a client.
    var summary: String
    /// Parameters of the query. Others are refused.
    var parameters: [String] = []

    enum Access: Sendable, Equatable {
        /// Without a token.
        case anyone
        /// Machines that come directly or by a trusted address: the proxy does not let others through.
        case machines
        /// Whoever has a valid access token.
        case anyUser
        /// As before, with a role that allows it.
        case users(who: Role.Permission)
    }
}
