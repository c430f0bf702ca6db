// SPDX-License-Identifier: Apache-2.0
import CRedis
import Gevent
import Glibc

/// A connection by hiredis.
final class Redis {
    private let context: UnsafeMutablePointer<redisContext>

    init(port: Int32) throws {
        guard let made = redisConnect("127.0.0.1", port) else {
            throw Failure("hiredis has no memory")
        }
        context = made
        try check(context.pointee.err == 0, "connecting to Redis: \(message)")
    }

    private var message: String {
        withUnsafeBytes(of: context.pointee.errstr) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    func close() { redisFree(context) }

    /// Puts a command into the pipeline.
    func append(_ words: String...) throws {
        let copies = words.map { UnsafePointer(strdup($0)) }
        defer { for copy in copies { free(UnsafeMutablePointer(mutating: copy)) } }
        var pointers = copies
        let code = redisAppendCommandArgv(context, Int32(copies.count), &pointers, nil)
        try check(code == REDIS_OK, "a command was not taken: \(message)")
    }

    /// The next reply, as the strings that are in it.
    func reply() throws -> [String] {
        var raw: UnsafeMutableRawPointer?
        guard redisGetReply(context, &raw) == REDIS_OK, let raw else {
            throw Failure("no reply: \(message)")
        }
        defer { freeReplyObject(raw) }
        return texts(of: raw.assumingMemoryBound(to: redisReply.self).pointee)
    }

    private func texts(of reply: redisReply) -> [String] {
        switch reply.type {
        case REDIS_REPLY_ARRAY:
            (0..<reply.elements).flatMap { reply.element[$0].map { texts(of: $0.pointee) } ?? [] }
        case REDIS_REPLY_INTEGER: [String(reply.integer)]
        case REDIS_REPLY_NIL: ["nil"]
        default: [String(cString: reply.str)]
        }
    }
}

/// 1,000 greenlets wait for a value each, on connections of their own; one hands the values out.
func redisBlocking(_ port: Int32, count: Int) throws {
    var waiting = 0
    let everybodyWaits = Event()
    let giver = spawn {
        _ = try everybodyWaits.wait()
        let redis = try Redis(port: port)
        defer { redis.close() }
        for number in 0..<count { try redis.append("LPUSH", "line:\(number)", "value \(number)") }
        for _ in 0..<count { try check(try redis.reply() == ["1"], "a value was lost") }
    }
    let took = try together(count) { number in
        let redis = try Redis(port: port)
        defer { redis.close() }
        try redis.append("BLPOP", "line:\(number)", "30")
        waiting += 1
        if waiting == count { everybodyWaits.set() }
        let reply = try redis.reply()
        try check(
            reply == ["line:\(number)", "value \(number)"], "waiter \(number) got \(reply)")
    }
    try giver.get()
    print("\(count) BLPOP in \(rounded(took)) s")
}

/// 1,000 greenlets with pipelines of 20 commands, whose values are all different.
func redisPipelines(_ port: Int32, count: Int) throws {
    let took = try together(count) { number in
        let redis = try Redis(port: port)
        defer { redis.close() }
        for step in 0..<10 {
            try redis.append("SET", "key:\(number):\(step)", "value \(number) \(step)")
            try redis.append("GET", "key:\(number):\(step)")
        }
        for step in 0..<10 {
            try check(try redis.reply() == ["OK"], "SET \(number) \(step) was not done")
            let value = try redis.reply()
            try check(value == ["value \(number) \(step)"], "GET \(number) \(step): \(value)")
        }
    }
    print("\(count) pipelines of 20 commands in \(rounded(took)) s")
}
