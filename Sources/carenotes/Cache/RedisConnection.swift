import CHiredis
import Glibc
import Secrets

/// Why Redis gave nothing; in its own or hiredis' words, which hold no secret.
struct RedisError: Error, Sendable, Equatable {
    var reason: String
}

/// A session on Redis, used by one thread at a time: the cache hands it out and takes it back under its lock.
final class RedisConnection: @unchecked Sendable {
    private static let connectTimeout = timeval(tv_sec: 0, tv_usec: 50_000)
    private static let commandTimeout = timeval(tv_sec: 0, tv_usec: 100_000)

    private let context: RedisContext

    enum Reply: Equatable {
        case none
        case bytes([UInt8])
        case integer(Int)
    }

    /// Connects, logs in and selects the database.
    init(_ settings: Settings.Redis) throws(RedisError) {
        context = try RedisContext(
            takingOwnershipOf: redisConnectWithTimeout(
                settings.host, Int32(settings.port), Self.connectTimeout))
        if redisSetTimeout(context.pointer, Self.commandTimeout) != REDIS_OK { throw context.error }
        var password = settings.password.withBytes { Array($0) }
        defer {
            password.withUnsafeMutableBytes { bytes in
                if let start = bytes.baseAddress { explicit_bzero(start, bytes.count) }
            }
        }
        try command([Array("AUTH".utf8), Array(settings.user.utf8), password])
        try command([Array("SELECT".utf8), Array(String(settings.number).utf8)])
    }

    /// Whether the next command can be sent: hiredis gives a context up after its first error of reading or writing.
    var isReusable: Bool { context.pointer.pointee.err == 0 }

    /// Sends one command and waits for its reply. An error reply is thrown.
    @discardableResult
    func command(_ words: [[UInt8]]) throws(RedisError) -> Reply {
        guard let reply = send(words) else { throw context.error }
        defer { freeReplyObject(reply) }
        let value = reply.pointee
        switch value.type {
        case REDIS_REPLY_ERROR: throw RedisError(reason: String(decoding: Self.bytes(value), as: UTF8.self))
        case REDIS_REPLY_NIL: return .none
        case REDIS_REPLY_INTEGER: return .integer(Int(value.integer))
        default: return .bytes(Self.bytes(value))
        }
    }

    /// `redisCommandArgv`: `redisCommand` is variadic.
    private func send(_ words: [[UInt8]]) -> UnsafeMutablePointer<redisReply>? {
        let contents = words.flatMap(\.self) + [0]
        var offset = 0
        let offsets = words.map { word in
            defer { offset += word.count }
            return offset
        }
        let reply = contents.withUnsafeBytes { buffer in
            let start = buffer.bindMemory(to: CChar.self).baseAddress
            var pointers = offsets.map { offset in start.map { $0 + offset } }
            return redisCommandArgv(context.pointer, Int32(words.count), &pointers, words.map(\.count))
        }
        return reply?.assumingMemoryBound(to: redisReply.self)
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
}
