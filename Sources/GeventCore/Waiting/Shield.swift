// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// Runs `body` so that kills do not strike in it, for clean-up that has to wait.
///
/// A kill that comes meanwhile strikes at the first wait after it. Timeouts do strike, so that
/// clean-up can be given a limit.
///
/// - Throws: What `body` throws.
public func shielded<Value>(_ body: () throws -> Value) rethrows -> Value {
    // Nothing strikes a thread without a hub.
    guard let hub = unsafe gv_hub_here() else { return try body() }
    let node = unsafe gv_current(hub)
    require(unsafe !isLoop(node, of: hub), "a callback of the hub runs in no greenlet")
    let interrupts = unsafe Interrupts.of(node)
    interrupts.shield()
    defer { interrupts.unshield() }
    return try body()
}
