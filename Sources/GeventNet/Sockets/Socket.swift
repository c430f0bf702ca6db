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
    private var descriptor: Descriptor?
    private var streak = 0
    /// Whether the last read took all there was: the next one waits before it tries.
    var isDrained = false
    /// Whether the kernel may end a read early: on a Unix socket it does so behind bytes that came
    /// with descriptors (unix(7)).
    var isReadInPieces = false

    /// Who reads.
    var reading: SocketTurn
    /// Who writes.
    var writing = SocketTurn(to: "write")
    /// The limit for each operation; `nil` waits for ever.
    var timeout: Duration?

    /// Takes over a descriptor.
    ///
    /// - Parameters:
    ///   - descriptor: A socket, connected or listening.
    ///   - verb: What readers do: "read" or "accept".
    /// - Throws: ``SystemError`` `ENOSPC` when the kernel watches no more descriptors.
    init(_ descriptor: consuming Descriptor, readers verb: String = "read") throws {
        watch = try DescriptorWatch(descriptor.number)
        owner = HubNumber.here
        reading = SocketTurn(to: verb)
        self.descriptor = consume descriptor
    }

    deinit {
        // Before the number is free: the watch must not end that of its next owner.
        watch.close()
    }

    /// Closes at once; who waits is woken with `EBADF` before the number is free again.
    func close() {
        watch.close()
        descriptor = nil
    }

    /// Gives up the descriptor without closing it; who waits is woken with `EBADF`.
    ///
    /// - Throws: ``SystemError`` `EBADF` once closed; `InvalidThreadUseError` on another hub.
    func detach() throws -> Descriptor {
        _ = try number(for: "detach")
        watch.close()
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
    var isOpen: Bool {
        switch descriptor {
        case .some: true
        case .none: false
        }
    }

    /// The number, to be lent to one call and not to be kept over a wait.
    ///
    /// - Throws: ``SystemError`` `EBADF` once closed; `InvalidThreadUseError` on another hub.
    func number(for call: String) throws -> Int32 {
        guard HubNumber.here == owner else {
            throw InvalidThreadUseError(HubNumber.foreignUse(of: "\(call): a socket", owner: owner))
        }
        switch descriptor {
        case .some(let descriptor): return descriptor.number
        case .none: throw SystemError.closed(call)
        }
    }

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
    func shareTime() throws {
        streak += 1
        guard streak >= Self.longestStreak else { return }
        streak = 0
        try sleep(.zero)
    }
}
