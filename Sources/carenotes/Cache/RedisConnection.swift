import CHiredis
import Glibc
import Secrets

/// Why Redis gave nothing; in its own or hiredis' words, which hold no secret.
struct RedisError: Error, Sendable, Equatable {
    var reason: String
}

/// The words of one command.
typealias RedisCommand = [[UInt8]]

/// A session on Redis, used by one thread at a time: the cache hands it out and takes it back under its lock.
///
/// Its socket never blocks: hiredis' own time limits hold for each read, and a reply that comes in pieces would outlast them.
final class RedisConnection: @unchecked Sendable {
    private let context: RedisContext
    /// Sent with the first commands, so that all of them cost one round trip.
    private let login: [RedisCommand]
    private var isLoggedIn = false

    enum Reply: Equatable, Sendable {
        case none
        case bytes([UInt8])
        case integer(Int)
    }

    init(_ settings: Settings.Redis, by deadline: Deadline) throws(RedisError) {
        context = try RedisContext(
            takingOwnershipOf: redisConnectNonBlock(settings.host, Int32(settings.port)))
        login = [
            [Array("AUTH".utf8), Array(settings.user.utf8), settings.password.withBytes { Array($0) }],
            [Array("SELECT".utf8), Array(String(settings.number).utf8)],
        ]
        try context.wait(for: POLLOUT, by: deadline)
        try context.checkConnected()
    }

    /// Whether the next commands can be sent: hiredis gives a context up after its first error of reading or writing.
    var isReusable: Bool { context.pointer.pointee.err == 0 }

    /// Sends the commands at once and waits for the reply of each. An error reply is thrown, after all were read.
    ///
    /// Where this throws, the session must not be used again: what comes late would answer the next command.
    func converse(_ commands: [RedisCommand], by deadline: Deadline) throws(RedisError) -> [Reply] {
        let leading = isLoggedIn ? [] : login
        for command in leading + commands { try append(command) }
        try flush(by: deadline)
        var replies: [Reply] = []
        for _ in leading.indices { _ = try nextReply(by: deadline) }
        isLoggedIn = true
        for _ in commands.indices { replies.append(try nextReply(by: deadline)) }
        return replies
    }

    private func append(_ words: RedisCommand) throws(RedisError) {
        let contents = words.flatMap(\.self) + [0]
        var offset = 0
        let offsets = words.map { word in
            defer { offset += word.count }
            return offset
        }
        let result = contents.withUnsafeBytes { buffer in
            let start = buffer.bindMemory(to: CChar.self).baseAddress
            var pointers = offsets.map { offset in start.map { $0 + offset } }
            return redisAppendCommandArgv(context.pointer, Int32(words.count), &pointers, words.map(\.count))
        }
        if result != REDIS_OK { throw context.error }
    }

    private func flush(by deadline: Deadline) throws(RedisError) {
        var isDone: Int32 = 0
        while true {
            guard redisBufferWrite(context.pointer, &isDone) == REDIS_OK else { throw context.error }
            if isDone == 1 { return }
            try context.wait(for: POLLOUT, by: deadline)
        }
    }

    private func nextReply(by deadline: Deadline) throws(RedisError) -> Reply {
        while true {
            var reply: UnsafeMutableRawPointer?
            guard redisGetReplyFromReader(context.pointer, &reply) == REDIS_OK else { throw context.error }
            if let reply = reply?.assumingMemoryBound(to: redisReply.self) {
                defer { freeReplyObject(reply) }
                return try Self.value(of: reply.pointee)
            }
            try context.wait(for: POLLIN, by: deadline)
            guard redisBufferRead(context.pointer) == REDIS_OK else { throw context.error }
        }
    }

    private static func value(of reply: redisReply) throws(RedisError) -> Reply {
        switch reply.type {
        case REDIS_REPLY_ERROR: throw RedisError(reason: String(decoding: bytes(reply), as: UTF8.self))
        case REDIS_REPLY_NIL: return .none
        case REDIS_REPLY_INTEGER: return .integer(Int(reply.integer))
        default: return .bytes(bytes(reply))
        }
    }

    private static func bytes(_ reply: redisReply) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: reply.str, count: reply.str == nil ? 0 : Int(reply.len)))
    }
}

/// Owns hiredis' context.
private final class RedisContext {
    let pointer: UnsafeMutablePointer<redisContext>

    init(takingOwnershipOf pointer: UnsafeMutablePointer<redisContext>?) throws(RedisError) {
        guard let pointer else { throw RedisError(reason: "out of memory") }
        self.pointer = pointer
        if pointer.pointee.err != 0 { throw error }
    }

    deinit { redisFree(pointer) }

    var error: RedisError {
        let reason = withUnsafeBytes(of: pointer.pointee.errstr) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return RedisError(reason: reason)
    }

    func wait(for events: Int32, by deadline: Deadline) throws(RedisError) {
        var request = pollfd(fd: pointer.pointee.fd, events: Int16(events), revents: 0)
        while poll(&request, 1, deadline.pollTimeout) <= 0 {
            if deadline.hasPassed { throw RedisError(reason: "no answer in time") }
        }
    }

    /// What became of connecting, once the socket can be written to (connect(2), EINPROGRESS).
    func checkConnected() throws(RedisError) {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(pointer.pointee.fd, SOL_SOCKET, SO_ERROR, &code, &length)
        if code != 0 { throw RedisError(reason: strerror(code).map { String(cString: $0) } ?? "errno \(code)") }
        pointer.pointee.flags |= REDIS_CONNECTED
    }
}
