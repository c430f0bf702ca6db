// SPDX-License-Identifier: Apache-2.0
internal import CGeventPatch
internal import CGeventSwitch
internal import GeventCore
internal import GeventSystem

/// What the stand-ins ask of the scheduler.
///
/// Each runs between frames of C on the greenlet that made the call.
package enum PatchHooks {
    private static let isInstalled: Void = {
        var hooks = unsafe gv_hooks(
            now: { unsafe HubClock.now(of: gv_waiting_hub()) },
            wait: { entries, count, timeout in
                outsideQueues { unsafe waitForDescriptors(entries, count, timeout) }
            },
            sleep: { timeout in outsideQueues { sleepForC(timeout) } },
            offload: { pool, job, context in
                outsideQueues { unsafe offload(pool, job, context) }
            },
            offload_owned: { pool, job, drop, context in
                outsideQueues { unsafe offloadOwned(pool, job, drop, context) }
            },
            closing: { number in ForeignClosing.announce(number) })
        gv_dispatch_find()
        unsafe gv_hooks_set(&hooks)
    }()

    /// Sets them, once a process, before the first call is replaced.
    package static func install() { isInstalled }
}

/// Runs `wait` with the thread out of the dispatch queues that the greenlet has entered.
private func outsideQueues<Value>(_ wait: () -> Value) -> Value {
    // SAFETY: the frames lie on this greenlet's stack, which stays while it waits.
    let place = unsafe gv_dispatch_leave()
    defer { unsafe gv_dispatch_return(place) }
    return wait()
}

/// Implements `gv_hooks.wait`.
private func waitForDescriptors(
    _ entries: UnsafePointer<pollfd>?, _ count: Int, _ timeout: UInt64
) -> Int {
    ForeignCode.run {
        // SAFETY: the caller lends `count` entries for the call.
        let entries = unsafe UnsafeBufferPointer(start: entries, count: count)
        let outcome = try ForeignWaits.current().wait(
            "a descriptor, in a call of C", count: entries.count, timeout: duration(timeout)
        ) { index in
            let entry = unsafe entries[index]
            return (entry.fd, UInt32(UInt16(bitPattern: entry.events)))
        }
        switch outcome {
        case .mayBeReady: return 1
        case .timeUp: return 0
        case .closed: return -Int(SystemError.notOpen)
        }
    }
}

/// Implements `gv_hooks.sleep`.
private func sleepForC(_ timeout: UInt64) -> Int {
    ForeignCode.run {
        try sleep(duration(timeout) ?? .nanoseconds(Int64.max))
        return 0
    }
}

private func duration(_ nanoseconds: UInt64) -> Duration? {
    nanoseconds == .max ? nil : .nanoseconds(Int64(clamping: nanoseconds))
}
