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
