/// Where a caller stands after one more request.
struct RateQuota: Sendable, Equatable {
    var policy: Settings.RateLimit
    /// Requests that are left; less than zero where this one is too many.
    var left: Int
    /// Seconds until more are left, 1 or more.
    var seconds: Int

    init(policy: Settings.RateLimit, left: Int, resetsIn time: Duration) {
        self.policy = policy
        self.left = left
        seconds = Self.seconds(time)
    }

    var isExceeded: Bool { left < 0 }

    /// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10).
    var headers: [Reply.Header] {
        let window = Self.seconds(policy.window)
        return [
            Reply.Header(name: "RateLimit-Policy", value: "\"default\";q=\(policy.requests);w=\(window)"),
            Reply.Header(name: "RateLimit", value: "\"default\";r=\(max(0, left));t=\(seconds)"),
        ]
    }

    /// 429 (RFC 6585 §4).
    var problem: Problem {
        var problem = Problem(
            .tooManyRequests, .rateLimited,
            "\(policy.requests) requests may be made in \(Self.seconds(policy.window)) s. Try again in \(seconds) s."
        ).with("Retry-After", "\(seconds)")
        problem.headers += headers
        return problem
    }

    /// Rounded up, 1 or more.
    private static func seconds(_ time: Duration) -> Int {
        max(1, Int((time / .milliseconds(1000)).rounded(.up)))
    }
}

/// The stretch of time that requests are counted in, the same on every replica whose clock is right.
struct RateWindow: Sendable, Equatable {
    var number: Int64
    /// Until the next begins.
    var left: Duration

    /// `offset` in milliseconds differs from caller to caller, so that not all windows end at once; `now` is in milliseconds
    /// since 1970.
    init(_ window: Duration, offset: UInt64, now: Int64) {
        let length = max(1, Int64(window / .milliseconds(1)))
        let place = now + Int64(offset % UInt64(length))
        number = place / length
        left = .milliseconds(length - place % length)
    }
}
