// SPDX-License-Identifier: Apache-2.0
public import GeventCore

extension Group: Sequence {
    /// How many members there are.
    ///
    /// gevent: `len(group)`.
    public final var count: Int {
        requireOwnThread()
        return members.count
    }

    /// Whether there is no member.
    ///
    /// gevent: `not group`.
    public final var isEmpty: Bool { count == 0 }

    /// The members, in the order they were added.
    ///
    /// - Complexity: O(n).
    ///
    /// gevent: `group.greenlets`.
    public final var greenlets: [AnyGreenlet] {
        requireOwnThread()
        return members.all
    }

    /// Whether `greenlet` is a member.
    ///
    /// gevent: `greenlet in group`.
    public final func contains(_ greenlet: AnyGreenlet) -> Bool {
        requireOwnThread()
        return Membership.of(greenlet, in: self) != nil
    }

    /// Goes through those who are members now, in the order they were added.
    ///
    /// gevent: `iter(group)`.
    public final func makeIterator() -> IndexingIterator<[AnyGreenlet]> {
        greenlets.makeIterator()
    }
}
