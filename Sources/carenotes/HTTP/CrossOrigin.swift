/// Which pages of other origins may call the API from a browser (Fetch standard, "CORS protocol").
///
/// Tokens travel in Authorization and never in cookies, so that no reply allows credentials.
struct CrossOrigin: Sendable {
    /// As a browser writes them, such as `https://app.example.org`.
    let origins: Set<String>

    /// Seconds for which a browser may keep the answer to a preflight.
    private static let lifetime = 600
    private static let requestHeaders = [
        "Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "X-Request-Id", "traceparent",
    ]
    private static let replyHeaders = [
        "ETag", "Idempotent-Replayed", "RateLimit", "RateLimit-Policy", "Retry-After", "WWW-Authenticate",
        "X-Request-Id",
    ]

    /// The reply to a preflight: OPTIONS by a page that is allowed, about a route of the API; nil for anything else.
    func preflight(_ request: Request) -> Reply? {
        guard request.method == .options, !request.route.isRoutine,
            request.headers.single("Access-Control-Request-Method") != nil,
            let origin = request.headers.single("Origin"), origins.contains(origin)
        else { return nil }
        return Reply.empty.with("Access-Control-Allow-Methods", request.route.allowedMethods)
            .with("Access-Control-Allow-Headers", Self.requestHeaders.joined(separator: ", "))
            .with("Access-Control-Max-Age", "\(Self.lifetime)")
    }

    /// What every reply of the API gets, also a problem. The same URL answers differently to different origins, which any
    /// cache must know.
    func adding(to reply: Reply, for origin: String?) -> Reply {
        guard !origins.isEmpty else { return reply }
        let reply = reply.with("Vary", "Origin")
        guard let origin, origins.contains(origin) else { return reply }
        return reply.with("Access-Control-Allow-Origin", origin)
            .with("Access-Control-Expose-Headers", Self.replyHeaders.joined(separator: ", "))
    }

    /// The origins of CORS_ORIGIN: several with commas between them. Nil where one is none: a scheme and a host, perhaps a
    /// port, in lower case, and nothing else. `*` and `null` are none.
    static func parse(_ text: String) -> Set<String>? {
        let parts = text.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
            .map { part in String(part.reversed().drop { $0 == " " }.reversed()) }
        guard parts.allSatisfy(isOrigin) else { return nil }
        return Set(parts)
    }

    private static func isOrigin(_ text: String) -> Bool {
        let pattern =
            /https?:\/\/(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?)*(?::[1-9][0-9]{0,4})?/
        return text.utf8.count <= 253 && text.wholeMatch(of: pattern) != nil
    }
}
