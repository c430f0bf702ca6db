// SPDX-License-Identifier: Apache-2.0
public import GeventCore
public import GeventSync

/// How a server runs its handlers.
///
/// gevent: the `spawn` argument of `BaseServer`.
public enum ServerSpawn {
    /// Each in a greenlet of its own, as many as come.
    case `default`

    /// Each in a greenlet of this pool, which others may use too.
    ///
    /// While the pool is full nothing is accepted: connections wait in the backlog.
    case pool(Pool)

    /// Each in a greenlet of its own, so many at once; `count(1)` is one after the other.
    case count(Int)

    /// Each in the hub itself, without a greenlet: for handlers that only hand over what they get,
    /// say by `detach` or `putNowait`.
    ///
    /// They must not wait: reading, writing and all else that may wait throws
    /// `BlockingSwitchOutError` there.
    case inline

    /// Each as the closure likes, which gets what has to be run and returns the greenlet that runs
    /// it.
    case custom((_ body: @escaping () throws -> Void) throws -> AnyGreenlet)
}

extension ServerSpawn {
    /// The pool whose room is waited for.
    var pool: Pool? {
        switch self {
        case .pool(let pool): pool
        case .count(let size): Pool(size)
        default: nil
        }
    }
}
