// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSync
internal import GeventSystem

/// One direction of a ``MemoryStream``.
///
/// What is written goes through `carry`, if that is set, and arrives when that says so.
final class MemoryPipe {
    /// What is on its way.
    enum Load {
        case bytes([UInt8])
        case end
    }

    // Nil for lockstep: a write ends when all of it has been read.
    private let capacity: Int?
    private var arrived = ReadBuffer()
    private var underWay = 0
    private var isAnnouncedEnd = false
    private var hasEnded = false
    private var isClosedByReader = false
    private var isClosedByWriter = false
    private var isRefused = false
    private var isResetForReader = false
    private var isResetForWriter = false
    private let hasNews = Event()
    private let hasRoom = Event()
    private var reader = SocketTurn(to: "read")
    private var writer = SocketTurn(to: "write")
    /// Takes what is written, to have it arrive later; `nil` for at once.
    var carry: ((Load) -> Void)?
    /// Tells the writer later that nobody will read; `nil` for at once.
    var refuse: (() -> Void)?

    init(capacity: Int?) { self.capacity = capacity }

    /// Whether there is no room at all between writer and reader.
    var isLockstep: Bool { capacity == nil }

    func reading<Result>(_ body: () throws -> Result) throws -> Result {
        if isClosedByReader { throw SystemError.closed("recv") }
        try reader.take()
        defer { reader.give() }
        return try body()
    }

    /// What is there, at least one byte; none at the end.
    func take(upTo count: Int, _ limit: Limit, _ timeout: Duration?) throws -> [UInt8] {
        while arrived.isEmpty && !hasEnded {
            if isResetForReader { throw SystemError.connectionReset("recv") }
            hasNews.clear()
            try wait(for: hasNews, "read", limit, timeout)
            if isClosedByReader { throw SystemError.closed("recv") }
        }
        let taken = arrived.take(upTo: count)
        hasRoom.set()
        return taken
    }

    /// Writes all bytes, piece by piece as there is room.
    func write(_ bytes: [UInt8], _ timeout: Duration?) throws {
        try throwIfUseless()
        try writer.take()
        defer { writer.give() }
        let limit = Limit(timeout)
        guard let capacity else { return try handOver(bytes, limit, timeout) }
        var rest = bytes[...]
        while !rest.isEmpty {
            try throwIfUseless()
            let room = capacity - arrived.count - underWay
            guard room > 0 else {
                hasRoom.clear()
                try wait(for: hasRoom, "write", limit, timeout)
                continue
            }
            send(Array(rest.prefix(room)))
            rest = rest.dropFirst(room)
        }
    }

    private func handOver(_ bytes: [UInt8], _ limit: Limit, _ timeout: Duration?) throws {
        arrive(.bytes(bytes))
        // What nobody has taken is not left behind.
        defer { arrived.clear() }
        while !arrived.isEmpty {
            try throwIfUseless()
            hasRoom.clear()
            try wait(for: hasRoom, "write", limit, timeout)
        }
    }

    private func send(_ bytes: [UInt8]) {
        guard let carry else { return arrive(.bytes(bytes)) }
        underWay += bytes.count
        carry(.bytes(bytes))
    }

    /// Has what was under way arrive.
    func deliver(_ load: Load) {
        if case .bytes(let bytes) = load { underWay -= bytes.count }
        arrive(load)
    }

    private func arrive(_ load: Load) {
        if isResetForReader { return }
        if isClosedByReader {
            refuse?()
            return
        }
        switch load {
        case .bytes(let bytes): arrived.append(bytes)
        case .end: hasEnded = true
        }
        hasNews.set()
    }

    /// Announces the end, behind what was written.
    func end() {
        if isAnnouncedEnd { return }
        isAnnouncedEnd = true
        if let carry { carry(.end) } else { arrive(.end) }
    }

    /// Cuts it for the reader, who gets an error once everything that has arrived is read.
    func resetReader() {
        isResetForReader = true
        hasNews.set()
    }

    /// Cuts it for the writer.
    func resetWriter() {
        isResetForWriter = true
        hasRoom.set()
    }

    /// Nobody reads any more.
    func closeReader() {
        isClosedByReader = true
        let isLost = !arrived.isEmpty
        arrived.clear()
        hasNews.set()
        guard let refuse else { return learnRefusal() }
        if isLost { refuse() }
    }

    /// Nothing is written any more, behind what was.
    func closeWriter() {
        isClosedByWriter = true
        end()
        hasRoom.set()
    }

    /// The writer is told that nobody will read.
    func learnRefusal() {
        isRefused = true
        hasRoom.set()
    }

    private func throwIfUseless() throws {
        if isClosedByWriter { throw SystemError.closed("send") }
        if isResetForWriter { throw SystemError.connectionReset("send") }
        if isRefused || isAnnouncedEnd { throw SystemError.brokenPipe("send") }
    }

    private func wait(
        for event: Event, _ operation: String, _ limit: Limit, _ timeout: Duration?
    ) throws {
        if try event.wait(timeout: limit.remaining) { return }
        throw SocketTimeoutError(operation: operation, duration: timeout ?? .zero)
    }
}
