// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

extension Hub {
    /// Has `callback` called by the hub, after whoever is ready now.
    ///
    /// It must not wait: a wait in it throws ``BlockingSwitchOutError``. An error is reported.
    ///
    /// - Complexity: O(1).
    ///
    /// gevent: `loop.run_callback`.
    public func runCallback(_ callback: @escaping () throws -> Void) {
        scheduler.runCallback(callback)
    }

    /// Whether the hub itself is running, so that nothing may wait.
    package var isInCallback: Bool { unsafe isLoop(pointer.pointee.current, of: pointer) }
}
