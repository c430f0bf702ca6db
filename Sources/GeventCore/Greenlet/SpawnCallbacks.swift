// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem
internal import Synchronization

/// Functions called for each greenlet that starts, in all hubs.
enum SpawnCallbacks {
    typealias Callback = @Sendable (AnyGreenlet) -> Void

    private static let registered = Guarded<[(LinkToken, Callback)]>([])
    private static let count = Atomic<UInt64>(0)

    @inline(__always) static var areThere: Bool { count.load(ordering: .relaxed) != 0 }

    static func add(_ callback: @escaping Callback) -> LinkToken {
        let token = LinkToken()
        registered.withLock { $0.append((token, callback)) }
        count.add(1, ordering: .relaxed)
        return token
    }

    static func remove(_ token: LinkToken) {
        registered.withLock { list in
            guard let index = list.firstIndex(where: { $0.0 == token }) else { return }
            list.remove(at: index)
            count.subtract(1, ordering: .relaxed)
        }
    }

    static func call(_ greenlet: AnyGreenlet) {
        let callbacks = registered.withLock { $0 }
        for (_, callback) in callbacks { callback(greenlet) }
    }
}

extension AnyGreenlet {
    /// Has `callback` called, in the spawner, for every greenlet that is started from now on.
    ///
    /// - Parameter callback: Gets the greenlet; must not wait.
    /// - Returns: What ``removeSpawnCallback(_:)`` takes.
    ///
    /// gevent: `Greenlet.add_spawn_callback`.
    public static func addSpawnCallback(_ callback: @escaping @Sendable (AnyGreenlet) -> Void)
        -> LinkToken
    {
        SpawnCallbacks.add(callback)
    }

    /// Ends what ``addSpawnCallback(_:)`` began; an unknown token is ignored.
    ///
    /// gevent: `Greenlet.remove_spawn_callback`.
    public static func removeSpawnCallback(_ token: LinkToken) { SpawnCallbacks.remove(token) }
}
