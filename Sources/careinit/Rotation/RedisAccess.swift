import Transport

/// What careinit tells a running Redis about its users, as its administrator, in Redis' own protocol (RESP2). Passwords go as
/// their SHA-256 only.
struct RedisAccess {
    let address: String
    let port: UInt16
    let user: String
    let passwordFile: String

    init(_ redis: ServicePlan) throws(CommandFailure) {
        guard case .redis(let address, let port, let file, let user) = redis.health else {
            throw CommandFailure(.unavailable, "\(redis.name) is no Redis")
        }
        (self.address, self.port, self.user, passwordFile) = (address, port, user, file)
    }

    /// Gives Redis each user of an aclfile, whole: `reset` first, so that nothing of before stays. A user's connections stay.
    func apply(usersFile: String) throws(CommandFailure) {
        guard let text = FileSystem.readText(usersFile) else {
            throw CommandFailure(.unavailable, "Redis' users cannot be read", place: usersFile)
        }
        let users = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        let commands = users.filter { $0.count > 1 && $0[0] == "user" }
            .map { ["ACL", "SETUSER", $0[1], "reset"] + $0.dropFirst(2) }
        for reply in try ask(commands) where reply != "+OK" { throw refusal(reply) }
    }

    /// How many connections a user has.
    func clients(of user: String) throws(CommandFailure) -> Int {
        let list = try ask([["CLIENT", "LIST"]]).first ?? ""
        return list.split(separator: "\n").count { $0.split(separator: " ").contains("user=\(user)") }
    }

    /// Whether nobody can log in as that user.
    func isOff(_ user: String) throws(CommandFailure) -> Bool {
        let list = try ask([["ACL", "LIST"]]).first ?? ""
        let line = list.split(separator: "\n").first { $0.hasPrefix("user \(user) ") }
        return line.map { !$0.split(separator: " ").contains("on") } ?? true
    }

    /// Removes a user, and ends what is left of its connections.
    func remove(_ user: String) throws(CommandFailure) {
        for reply in try ask([["ACL", "DELUSER", user]]) where !reply.hasPrefix(":") { throw refusal(reply) }
        _ = try ask([["CLIENT", "KILL", "USER", user]])
    }

    private func refusal(_ reply: String) -> CommandFailure {
        CommandFailure(
            .unavailable, "Redis does not take its users", why: String(reply.dropFirst().prefix(160)),
            fix: "careinit logs redis")
    }

    /// One reply for each command; arrays come as their elements, one a line.
    func ask(_ commands: [[String]]) throws(CommandFailure) -> [String] {
        guard let password = FileSystem.readText(passwordFile) else {
            throw CommandFailure(
                .unavailable, "The password of Redis' administrator cannot be read", place: passwordFile)
        }
        let all = [["AUTH", user, password]] + commands
        let replies: [String]
        do throws(TransportError) {
            let bytes = try TCP.exchange(
                all.flatMap(Self.encode), with: .tcp(host: address, port: port), timeout: HealthProbe.timeout
            ) { RedisReply.read($0).count >= all.count }
            replies = RedisReply.read(bytes)
        } catch {
            throw CommandFailure(
                .unavailable, "Redis at \(Address.withPort(address, port)) does not answer", why: error.reason,
                fix: "careinit status")
        }
        guard replies.count == all.count, replies.first == "+OK" else {
            throw refusal(replies.first ?? "-no reply")
        }
        return Array(replies.dropFirst())
    }

    private static func encode(_ words: [String]) -> [UInt8] {
        Array("*\(words.count)\r\n".utf8) + words.flatMap { Array("$\($0.utf8.count)\r\n\($0)\r\n".utf8) }
    }
}

/// Reads replies of RESP2: `+`, `-` and `:` with their first character, strings as they are, arrays as their elements with line
/// ends between.
enum RedisReply {
    /// Deeper arrays than Redis' own answers to careinit are no replies.
    private static let deepest = 4

    /// The whole replies at the beginning of the bytes; none behind the first that is malformed or has not come whole.
    static func read(_ bytes: [UInt8]) -> [String] {
        var rest = bytes[...]
        var replies: [String] = []
        while !rest.isEmpty, let reply = next(&rest, depth: 0) { replies.append(reply) }
        return replies
    }

    private static func next(_ rest: inout ArraySlice<UInt8>, depth: Int) -> String? {
        guard depth <= deepest, let end = rest.firstIndex(of: 0x0D), end + 1 < rest.endIndex,
            rest[end + 1] == 0x0A,
            let kind = rest.first
        else { return nil }
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest = rest[(end + 2)...]
        switch kind {
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ":"): return line
        case UInt8(ascii: "$"): return string(Int(line.dropFirst()), &rest)
        case UInt8(ascii: "*"): return array(Int(line.dropFirst()), &rest, depth: depth)
        default: return nil
        }
    }

    private static func string(_ count: Int?, _ rest: inout ArraySlice<UInt8>) -> String? {
        if count == -1 { return "" }
        guard let count, count >= 0, count <= rest.count - 2 else { return nil }
        let text = String(decoding: rest.prefix(count), as: UTF8.self)
        rest = rest.dropFirst(count + 2)
        return text
    }

    private static func array(_ count: Int?, _ rest: inout ArraySlice<UInt8>, depth: Int) -> String? {
        // Each element has three bytes at least.
        guard let count, count >= 0, count <= rest.count else { return nil }
        var elements: [String] = []
        for _ in 0..<count {
            guard let element = next(&rest, depth: depth + 1) else { return nil }
            elements.append(element)
        }
        return elements.joined(separator: "\n")
    }
}
