// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// A descriptor, the watch over it, and who uses it: what streams and listeners are made of.
///
/// Calls are tried first; only a call that would block waits. Belongs to the hub that made it.
final class Socket {
    /// How many calls in a row may go through without a wait before others get their turn.
    private static let longestStreak = 64

    private let owner: UInt64
    let watch: DescriptorWatch
    /// Where reads put what they take first.
    let room = Scheduler.current.receiveRoom
    private var descriptor: Descriptor?
    // That of the descriptor, -1 once there is none: to look at it there would be an access to all of it.
    private var openNumber: Int32
    private var streak = 0
    /// Whether the last read took all there was: the next one waits before it tries.
    var isDrained = false
    /// Whether the kernel may end a read early: on a Unix socket it does so behind bytes that came
    /// with descriptors (unix(7)).
    var isReadInPieces = false

    /// Whether the last read took so much that the next one is likely to.
    var isInBulk = false

    private var reading: SocketTurn
    private var writing = SocketTurn(to: "write")
    /// The limit for each operation; `nil` waits for ever.
    var timeout: Duration?

    /// Takes over a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: A socket, connected or listening.
    ///   - verb: What readers do: "read" or "accept".
    /// - Throws: ``SystemError`` `ENOSPC` when the kernel watches no more descriptors.
    init(_ descriptor: consuming Descriptor, readers verb: StaticString = "read") throws {
        watch = try DescriptorWatch(descriptor.number)
        owner = HubNumber.here
        reading = SocketTurn(to: verb)
        openNumber = descriptor.number
        self.descriptor = consume descriptor
    }

    deinit {
        // Before the number is free: the watch must not end that of its next owner.
        watch.close()
    }

    /// Closes at once; who waits is woken with `EBADF` before the number is free again.
    func close() {
        watch.close()
        openNumber = -1
        descriptor = nil
    }

    /// Gives up the descriptor without closing it; who waits is woken with `EBADF`.
    ///
    /// - Throws: ``SystemError`` `EBADF` once closed; `InvalidThreadUseError` on another hub.
    func detach() throws -> Descriptor {
        _ = try number(for: "detach")
        watch.close()
        openNumber = -1
        guard let descriptor = descriptor.take() else { throw SystemError.closed("detach") }
        return descriptor
    }

    /// A second descriptor of the same socket.
    ///
    /// - Throws: ``SystemError`` `EBADF` once closed, `EMFILE`; `InvalidThreadUseError` on another
    ///   hub.
    func duplicate() throws -> Descriptor {
        _ = try number(for: "dup")
        switch descriptor {
        case .some(let descriptor): return try descriptor.duplicate()
        case .none: throw SystemError.closed("dup")
        }
    }

    /// Whether it has not been closed.
    var isOpen: Bool { openNumber >= 0 }

    /// The number, to be lent to one call and not to be kept over a wait.
    ///
    /// - Throws: ``SystemError`` `EBADF` once closed; `InvalidThreadUseError` on another hub.
    @inline(__always)
    func number(for call: StaticString) throws -> Int32 {
        let number = openNumber
        guard number >= 0, HubNumber.here == owner else { throw refusal(of: call) }
        return number
    }

    @inline(never)
    private func refusal(of call: StaticString) -> any Error {
        guard HubNumber.here == owner else {
            return InvalidThreadUseError(
                HubNumber.foreignUse(of: "\(call): a socket", owner: owner))
        }
        return SystemError.closed("\(call)")
    }

    /// Gives the running greenlet the turn to read.
    ///
    /// - Throws: `ConcurrentObjectUseError` if another greenlet has it; `BlockingSwitchOutError` in a
    ///   callback of the hub.
    @inline(__always)
    func takeReading() throws {
        let greenlet = try RunningGreenlet.thatMayWait()
        if reading.begin(greenlet) { return }
        let turn = reading
        throw turn.refusal(of: greenlet)
    }

    /// Ends the turn to read.
    @inline(__always)
    func giveReading() { reading.give() }

    /// Gives the running greenlet the turn to write.
    ///
    /// - Throws: What ``takeReading()`` throws.
    @inline(__always)
    func takeWriting() throws {
        let greenlet = try RunningGreenlet.thatMayWait()
        if writing.begin(greenlet) { return }
        let turn = writing
        throw turn.refusal(of: greenlet)
    }

    /// Ends the turn to write.
    @inline(__always)
    func giveWriting() { writing.give() }

    /// Waits until a call is worth a try again.
    ///
    /// > Suspends: Unless an event has come since the last try.
    ///
    /// - Parameters:
    ///   - direction: What the call does.
    ///   - operation: What is under way, for the error.
    ///   - limit: What is left of the operation's time.
    /// - Throws: ``SocketTimeoutError``; ``SystemError`` `EBADF` if closed meanwhile; what strikes
    ///   the greenlet.
    func wait(
        for direction: DescriptorWatch.Direction, _ operation: String, _ limit: Limit
    ) throws {
        // A wait that is cut short may have seen an event without telling: the next call has to try.
        if direction == .read { isDrained = false }
        streak = 0
        if try watch.wait(for: direction, timeout: limit.remaining) { return }
        throw SocketTimeoutError(operation: operation, duration: timeout ?? .zero)
    }

    /// Lets others run if this socket has not waited for long.
    ///
    /// > Suspends: At every 64th call in a row that did not have to wait.
    @inline(__always)
    func shareTime() throws {
        streak += 1
        if streak >= Self.longestStreak { try giveWay() }
    }

    @inline(never)
    private func giveWay() throws {
        streak = 0
        try sleep(.zero)
    }
}
