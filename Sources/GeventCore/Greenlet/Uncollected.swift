// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

extension AnyGreenlet {
    /// Called when the last reference goes: an error that was never looked at is made known.
    final func reportUncollected() {
        guard let failure = unsafe failure, has(GV_WAS_FAILED), unsafe !gv_is_observed(node) else {
            return
        }
        let name = unsafe extras?.name ?? extras?.ident.map { "Greenlet-\($0)" } ?? "a greenlet"
        let report = unsafe Failure(context: name, error: failure, spawnSite: SpawnSite.text(node))
        // The last reference may go on another thread, and after the hub.
        guard let hub = unsafe gv_hub_here(), unsafe hub == node.pointee.hub else {
            return StandardError.write("gevent: \(report)\n")
        }
        unsafe Scheduler.of(hub).report(report)
    }

    /// What serves it; only its own thread asks.
    @inline(__always) final var scheduler: Scheduler { unsafe Scheduler.of(node.pointee.hub) }

    final func requireOwnThread(_ what: String) {
        require(unsafe node.pointee.hub == gv_hub_here(), "\(what) on the thread of its hub")
    }
}
