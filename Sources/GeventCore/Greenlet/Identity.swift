// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

extension AnyGreenlet: CustomStringConvertible {
    /// A small number that no other greenlet of the hub has; the smallest free one when it is
    /// first asked for, and free again after the end.
    ///
    /// - Complexity: O(log n) the first time.
    ///
    /// gevent: `minimal_ident`.
    public final var ident: Int {
        if let ident = locked({ unsafe extras?.ident }) { return ident }
        let reference = unsafe HubReference.of(node)
        let fresh = reference.takeIdent()
        let (kept, isOver) = locked {
            let extras = extrasLocked
            if extras.ident == nil { extras.assignIdent(fresh) }
            return (extras.ident ?? fresh, has(GV_IS_FINISHED))
        }
        if kept != fresh || isOver { reference.giveIdent(back: fresh) }
        return kept
    }

    /// What it is called in reports: `Greenlet-` and its ``ident``, unless set.
    ///
    /// gevent: `name`.
    public final var name: String {
        get { locked { unsafe extras?.name } ?? "Greenlet-\(ident)" }
        set {
            requireOwnThread("a greenlet is named")
            locked { unsafe node.pointee.name = extrasLocked.publishName(newValue) }
        }
    }

    /// Its name and its state.
    public var description: String {
        let state =
            if !has(GV_IS_STARTED) && !isReady { "not started" } else if !isReady {
                "started"
            } else if isKilled { "killed" } else if has(GV_WAS_FAILED) { "failed" } else { "ended" }
        return "<\(type(of: self)) \"\(name)\" \(state), spawned at \(spawnSite)>"
    }

    /// Whether it belongs to the hub of this thread.
    @inline(__always) package final var isOfThisHub: Bool {
        unsafe gv_hub_of(node) == gv_hub_here()
    }

    /// The number of its hub.
    package final var hubNumber: UInt64 { unsafe gv_hub_of(node).pointee.number }

    /// Gives its number back, as it has ended.
    final func releaseIdent(_ ident: Int?) {
        if let ident { unsafe HubReference.of(node).giveIdent(back: ident) }
    }
}
