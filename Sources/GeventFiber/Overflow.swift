// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch

/// The report of a greenlet that used up its stack.
@safe package struct OverflowReport: ~Copyable {
    private let signalStack: UnsafeMutableRawPointer?

    private static let installed: Void = gv_overflow_install()

    /// Makes overflows on this thread's greenlets be reported; lasts as long as the value.
    package init() {
        _ = Self.installed
        unsafe signalStack = gv_signal_stack_make()
    }

    // SAFETY: made on the thread that frees it: a hub is closed by its own thread.
    deinit { unsafe gv_signal_stack_free(signalStack) }
}
