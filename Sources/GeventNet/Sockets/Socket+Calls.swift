// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

// The calls that try. Each forgets older events first: nothing can happen between that and the
// call, so an event that is noted later is news.
extension Socket {
    /// The number for a read that is worth a try now; `nil` if it is necessary to wait.
    ///
    /// After a short read nothing is left, so the call that would say so is saved: on an
    /// edge-triggered descriptor whatever comes now is reported (epoll(7)). Not so the end of the
    /// stream, which may have been reported together with the bytes just read, and where the kernel
    /// ends reads early.
    ///
    /// > Suspends: At every 64th call in a row that did not have to wait.
    @inline(__always)
    private func numberToReceive() throws -> Int32? {
        try shareTime()
        let number = try number(for: "recv")
        let hasNews = watch.take(.read)
        return !isDrained || hasNews || watch.hasEnded ? number : nil
    }

    /// Takes what has arrived, without waiting for it.
    ///
    /// > Suspends: At every 64th call in a row that did not have to wait.
    ///
    /// - Returns: How many bytes, 0 at the end of the stream; `nil` if it is necessary to wait.
    func receive(into room: inout MutableRawSpan) throws -> Int? {
        guard let number = try numberToReceive(),
            case .done(let count) = try Transfer.receive(number, into: &room)
        else { return nil }
        isDrained = isLast(count, of: room.byteCount)
        return count
    }

    /// Takes what has arrived, without waiting for it.
    ///
    /// By way of the room that the thread's reads share, unless so much came last time that another
    /// copy would cost more than a list that is too long.
    ///
    /// > Suspends: At every 64th call in a row that did not have to wait.
    ///
    /// - Returns: The bytes, none at the end of the stream; `nil` if it is necessary to wait.
    func receive(upTo limit: Int) throws -> [UInt8]? {
        guard let number = try numberToReceive() else { return nil }
        let most = isInBulk ? limit : min(limit, ReceiveRoom.byteCount)
        let attempt =
            isInBulk
            ? try Transfer.receive(number, upTo: most)
            : try room.receive(number, upTo: most)
        guard case .done(let bytes) = attempt else { return nil }
        isDrained = isLast(bytes.count, of: most)
        isInBulk = bytes.count >= ReceiveRoom.byteCount / 2
        return bytes
    }

    // An urgent byte ends the read in front of it (tcp(7)); what is behind was reported already.
    private func isLast(_ count: Int, of limit: Int) -> Bool {
        count > 0 && count < limit && !isReadInPieces && !watch.hadUrgent
    }

    /// Hands over as many bytes as fit, without waiting for room.
    ///
    /// > Suspends: At every 64th call in a row that did not have to wait.
    ///
    /// - Returns: How many bytes were taken.
    func send(_ bytes: RawSpan) throws -> Int {
        try shareTime()
        let number = try number(for: "send")
        _ = watch.take(.write)
        switch try Transfer.send(number, bytes) {
        case .done(let count): return count
        case .wouldBlock: return 0
        }
    }

    /// Hands over as many bytes of several pieces as fit, without waiting for room.
    ///
    /// > Suspends: At every 64th call in a row that did not have to wait.
    ///
    /// - Returns: How many bytes were taken.
    func send(gathering pieces: ArraySlice<[UInt8]>, droppingFirst offset: Int) throws -> Int {
        try shareTime()
        let number = try number(for: "sendmsg")
        _ = watch.take(.write)
        switch try Transfer.sendGathered(number, pieces, droppingFirst: offset) {
        case .done(let count): return count
        case .wouldBlock: return 0
        }
    }

    /// Takes the next connection that waits, if one does.
    ///
    /// > Suspends: At every 64th call in a row that did not have to wait.
    func acceptNext() throws -> Attempt<AcceptedSocket> {
        try shareTime()
        let number = try number(for: "accept4")
        _ = watch.take(.read)
        return try SocketCalls.accept(number)
    }
}

extension Socket {
    /// Tries a call again and again until it goes through, and waits in between.
    ///
    /// > Suspends: When it would block; at every 64th call in a row that did not have to wait.
    ///
    /// - Parameters:
    ///   - direction: What the call does.
    ///   - call: Its name, for the error when the socket is closed.
    ///   - operation: What is under way, for the error when the time is up.
    ///   - limit: What is left of the operation's time.
    ///   - body: Makes the call, on a number that is lent.
    /// - Returns: What the call gave.
    /// - Throws: ``SocketTimeoutError``; what `body` throws; what strikes the greenlet.
    func attempt<Value>(
        _ direction: DescriptorWatch.Direction, _ call: StaticString, _ operation: String,
        _ limit: Limit,
        _ body: (Int32) throws -> Attempt<Value>
    ) throws -> Value {
        while true {
            try shareTime()
            let number = try number(for: call)
            _ = watch.take(direction)
            if direction == .read { isDrained = false }
            if case .done(let value) = try body(number) { return value }
            try wait(for: direction, operation, limit)
        }
    }
}
