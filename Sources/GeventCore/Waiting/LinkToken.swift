// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// What a link that was made can be taken back by.
///
/// A link is called or taken back, whichever comes first; the other then does nothing.
public struct LinkToken: Hashable, Sendable {
    private final class Fate: Sendable {
        let isDecided = Atomic(false)
    }

    private let fate = Fate()

    /// A token of a new link.
    package init() {}

    /// Whether the caller is the first to call the link, or to take it back.
    package func claim() -> Bool {
        !fate.isDecided.exchange(true, ordering: .acquiringAndReleasing)
    }

    /// Whether both are of the same link.
    public static func == (left: LinkToken, right: LinkToken) -> Bool { left.fate === right.fate }

    /// Feeds which link it is of.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(fate)) }
}
