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

/// The greenlet that is running, known without a reference to it.
///
/// For those who are about to wait on its behalf: it cannot end before that.
@safe package struct RunningGreenlet {
    @usableFromInline let node: Node

    @inlinable @inline(__always)
    init(node: Node) { unsafe self.node = node }

    /// The greenlet that is running and may wait.
    ///
    /// - Throws: ``BlockingSwitchOutError`` in a callback of the hub, where no greenlet runs.
    @inlinable @inline(__always)
    package static func thatMayWait() throws -> RunningGreenlet {
        let hub = unsafe currentHubPointer()
        let node = unsafe gv_current(hub)
        guard unsafe !gv_is_loop(node, hub) else { throw BlockingSwitchOutError() }
        return unsafe RunningGreenlet(node: node)
    }

    /// What it is called in messages, for as long as it has not ended.
    package var name: String { unsafe AnyGreenlet.of(node).name }
}

/// What whoever runs here is called in messages; makes no hub.
package func nameOfCurrent() -> String {
    guard let hub = unsafe gv_hub_here() else { return "a thread without a hub" }
    let node = unsafe gv_current(hub)
    return unsafe isLoop(node, of: hub) ? "a callback of the hub" : AnyGreenlet.of(node).name
}
