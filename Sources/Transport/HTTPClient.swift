/// One request over a connection of its own: for probes and commands.
package enum HTTPClient {
    /// Gets an address. `trust` counts for `https://` only; redirects are not followed.
    package static func get(
        _ url: String, timeout: Duration, trust: Trust = .system, headers: [HTTPHeader] = []
    ) throws(TransportError) -> HTTPResponse {
        try request("GET", url, timeout: timeout, trust: trust, headers: headers)
    }

    /// Connects to where `url` leads, or to `connectingTo` instead while the names in the certificate and the request
    /// stay those of `url`. The timeout covers connection and reply each.
    package static func request(
        _ method: String, _ url: String, timeout: Duration, trust: Trust = .system, headers: [HTTPHeader] = [],
        body: [UInt8] = [], connectingTo endpoint: Endpoint? = nil,
        bodyLimit: Int = HTTPConnection.defaultBodyLimit
    ) throws(TransportError) -> HTTPResponse {
        let address = try HTTPAddress(url)
        let tls = address.isTLS ? try TLSContext(trust: trust) : nil
        let connection = try HTTPConnection(
            to: endpoint ?? address.endpoint, serverName: address.host, tls: tls, timeout: timeout)
        return try connection.send(
            HTTPRequest(
                method, address.target, headers: headers + [HTTPHeader("Connection", "close")], body: body),
            timeout: timeout, bodyLimit: bodyLimit)
    }

    /// One request over a unix-domain socket; `host` is what the `Host` header says.
    package static func request(
        _ request: HTTPRequest, unixSocket path: String, host: String = "localhost", timeout: Duration
    ) throws(TransportError) -> HTTPResponse {
        let connection = try HTTPConnection(to: .unix(path: path), serverName: host, timeout: timeout)
        return try connection.send(request, timeout: timeout)
    }
}
