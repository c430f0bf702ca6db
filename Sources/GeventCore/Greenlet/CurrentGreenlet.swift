// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

extension AnyGreenlet {
    /// The greenlet that is running and may wait.
    ///
    /// - Throws: ``BlockingSwitchOutError`` in a callback of the hub, where no greenlet runs.
    package static func currentThatMayWait() throws -> AnyGreenlet {
        let hub = unsafe currentHubPointer()
        guard let node = unsafe hub.pointee.current, unsafe !isLoop(node, of: hub) else {
            throw BlockingSwitchOutError()
        }
        return unsafe of(node)
    }
}

/// What whoever runs here is called in messages; makes no hub.
package func nameOfCurrent() -> String {
    guard let hub = unsafe gv_hub_here() else { return "a thread without a hub" }
    let node = unsafe gv_current(hub)
    return unsafe isLoop(node, of: hub) ? "a callback of the hub" : AnyGreenlet.of(node).name
}
