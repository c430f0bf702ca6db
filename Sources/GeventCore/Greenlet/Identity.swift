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
        if let ident = unsafe extras?.ident { return ident }
        let ident = scheduler.idents.take()
        details.assignIdent(ident)
        if isReady { releaseIdent() }
        return ident
    }

    /// What it is called in reports: `Greenlet-` and its ``ident``, unless set.
    ///
    /// gevent: `name`.
    public final var name: String {
        get { unsafe extras?.name ?? "Greenlet-\(ident)" }
        set {
            requireOwnThread("a greenlet is named")
            unsafe node.pointee.name = details.publishName(newValue)
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

    final func releaseIdent() {
        guard let ident = unsafe extras?.ident else { return }
        scheduler.idents.give(back: ident)
    }
}
