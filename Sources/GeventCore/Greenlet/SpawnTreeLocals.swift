// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

extension AnyGreenlet {
    /// Values shared by all greenlets of one spawn tree, by name.
    ///
    /// A greenlet spawned by the main one begins a tree; whatever it spawns, and what that spawns,
    /// shares its values. The main greenlet has none: it reads as empty, and setting it traps.
    ///
    /// gevent: `spawn_tree_locals`.
    public final var spawnTreeLocals: [String: Any] {
        get { unsafe tree?.locals ?? [:] }
        set {
            require(
                unsafe node != node.pointee.hub.pointee.main, "the main greenlet has no spawn tree")
            ownTree.locals = newValue
        }
    }

    /// Whether both belong to the same spawn tree.
    public final func sharesSpawnTree(with other: AnyGreenlet) -> Bool {
        guard let tree = unsafe tree else { return self === other }
        return unsafe tree === other.tree
    }

    private final var ownTree: SpawnTree {
        if let tree = unsafe tree { return tree }
        let made = SpawnTree()
        unsafe tree = made
        return made
    }

    final func inheritTree(of spawner: AnyGreenlet) { unsafe tree = spawner.ownTree }
}
