// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// An open descriptor that closes when it is let go of.
///
/// It is closed on `exec`. It may be sent to another thread.
///
/// gevent: a number from `socket.recv_fds`.
public final class OwnedDescriptor: Sendable {
    // Below zero once it was given away.
    private let held: Atomic<Int32>

    /// Takes over a number.
    ///
    /// - Parameter number: An open descriptor that nobody else closes.
    public init(owning number: Int32) {
        held = Atomic(number)
    }

    deinit {
        let number = held.load(ordering: .relaxed)
        if number >= 0 { _ = Descriptor(owning: number) }
    }

    /// The number, which stays this object's to close; below zero once it was given away.
    ///
    /// gevent: `fileno`.
    public var number: Int32 { held.load(ordering: .relaxed) }

    /// Gives the number away without closing it.
    ///
    /// - Returns: The number, which the caller closes; `nil` if it was given away before.
    public func release() -> Int32? {
        let number = held.exchange(-1, ordering: .acquiringAndReleasing)
        return number < 0 ? nil : number
    }
}
