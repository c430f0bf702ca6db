// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// What a link that was made can be taken back by.
///
/// A link is called or taken back, whichever comes first; the other then does nothing.
public struct LinkToken: Hashable, Sendable {
    private final class Fate: Sendable {
        let isDecided = Atomic(false)
        let serial = Atomic<UInt64>(0)
    }

    private let fate = Fate()

    /// A token of a new link.
    package init() {}

    /// Whether the caller is the first to call the link, or to take it back.
    package func claim() -> Bool {
        !fate.isDecided.exchange(true, ordering: .acquiringAndReleasing)
    }

    /// Its place in the order of the links of one object; 0 before it has one.
    package var serial: UInt64 {
        get { fate.serial.load(ordering: .relaxed) }
        nonmutating set { fate.serial.store(newValue, ordering: .relaxed) }
    }

    /// Whether both are of the same link.
    public static func == (left: LinkToken, right: LinkToken) -> Bool { left.fate === right.fate }

    /// Feeds which link it is of.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(fate)) }
}
