// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSync
internal import GeventSystem

/// One direction of a ``MemoryStream``.
final class MemoryPipe {
    private let capacity: Int
    private var bytes: [UInt8] = []
    private var hasEnded = false
    private var isClosedByReader = false
    private var isClosedByWriter = false
    private let hasNews = Event()
    private let hasRoom = Event()
    private var reader = SocketTurn(to: "read")
    private var writer = SocketTurn(to: "write")

    init(capacity: Int) { self.capacity = capacity }

    func reading<Result>(_ body: () throws -> Result) throws -> Result {
        if isClosedByReader { throw SystemError.closed("recv") }
        try reader.take()
        defer { reader.give() }
        return try body()
    }

    func writing(_ body: () throws -> Void) throws {
        if isClosedByWriter || hasEnded { throw SystemError.closed("send") }
        try writer.take()
        defer { writer.give() }
        try body()
    }

    /// What is there, at least one byte; none at the end.
    func take(upTo count: Int, _ limit: Limit, _ timeout: Duration?) throws -> [UInt8] {
        while bytes.isEmpty && !hasEnded {
            hasNews.clear()
            try wait(for: hasNews, "read", limit, timeout)
            if isClosedByReader { throw SystemError.closed("recv") }
        }
        let taken = Array(bytes.prefix(count))
        bytes.removeFirst(taken.count)
        hasRoom.set()
        return taken
    }

    /// How many bytes there is room for, at least one.
    func waitForRoom(_ limit: Limit, _ timeout: Duration?) throws -> Int {
        while true {
            if isClosedByWriter { throw SystemError.closed("send") }
            if isClosedByReader { throw SystemError(call: "send", code: 32) }
            if bytes.count < capacity { return capacity - bytes.count }
            hasRoom.clear()
            try wait(for: hasRoom, "write", limit, timeout)
        }
    }

    func append(_ news: [UInt8]) {
        bytes += news
        hasNews.set()
    }

    func end() {
        hasEnded = true
        hasNews.set()
    }

    func close(byReader: Bool) {
        if byReader { isClosedByReader = true } else { isClosedByWriter = true }
        if !byReader { hasEnded = true }
        hasNews.set()
        hasRoom.set()
    }

    private func wait(
        for event: Event, _ operation: String, _ limit: Limit, _ timeout: Duration?
    ) throws {
        if try event.wait(timeout: limit.remaining) { return }
        throw SocketTimeoutError(operation: operation, duration: timeout ?? .zero)
    }
}
