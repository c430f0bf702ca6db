// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventCore

/// Parks the running greenlet in a primitive's line, whose lock the caller holds, without a limit.
///
/// > Suspends: Always.
///
/// - Throws: What strikes the greenlet meanwhile.
@inline(__always)
func park(
    _ object: AnyObject, on line: UnsafeMutablePointer<gv_wait_queue>,
    hub: UnsafeMutablePointer<gv_hub>,
    what: StaticString
) throws {
    // SAFETY: the waiting frame holds the primitive; the record of the wait lies in this very frame.
    let outcome = unsafe gv_wait_park(
        hub, line, gv_line_word(line),
        UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque()),
        UnsafeRawPointer(what.utf8Start).assumingMemoryBound(to: CChar.self), nil, 0)
    if outcome != UInt32(GV_WOKEN) { try throwWhatStruck() }
}
