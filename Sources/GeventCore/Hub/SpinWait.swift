// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventSystem

/// How long a hub watches for other threads before it sleeps in the kernel.
///
/// To be woken there takes microseconds, so one that is spoken to all the time watches a while. It
/// learns: what came in vain makes it watch for less, down to nothing; a sleep that another thread
/// ended at once makes it watch again.
final class SpinWait {
    /// What a wake-up from the kernel costs, roughly; a longer watch would not pay.
    static let longest: UInt64 = 20_000

    private var patience: UInt64 = longest
    private var seen: UInt8 = 0
    private let pays = CurrentThread.usableProcessors > 1

    /// Watches until another thread has handed something over; false if none did in time.
    func watch(_ hub: UnsafeMutablePointer<gv_hub>, atMost limit: UInt64) -> Bool {
        guard pays, patience > 0, unsafe gv_hub_is_shared(hub) else { return false }
        if unsafe gv_remote_watch(hub, min(patience, limit)) {
            patience = Self.longest
            seen &+= 1
            return true
        }
        patience = patience > 1_000 ? patience / 2 : 0
        return false
    }

    /// Whether I/O has to be looked at after a watch that was not in vain: at every 16th.
    var isTimeForIO: Bool { seen & 15 == 0 }

    /// Learns from a sleep of so many nanoseconds that another thread ended.
    func wasWoken(after duration: UInt64) {
        if duration < 4 * Self.longest { patience = Self.longest }
    }
}
