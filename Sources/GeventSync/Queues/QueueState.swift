// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch
internal import GeventCore
internal import GeventSystem

/// What a queue is made of, behind a pointer: as properties of a class each access would be checked
/// at run time, which costs more than the queue itself.
@usableFromInline @safe
struct QueueState<Storage: QueueStorage & ~Copyable>: ~Copyable {
    // All of it under the lock in `getters`.
    @usableFromInline var getters: gv_wait_queue
    @usableFromInline var putters: gv_wait_queue
    @usableFromInline var joiners: gv_wait_queue
    @usableFromInline var storage: Storage
    @usableFromInline var limit: Int
    @usableFromInline var unfinished: Int
    @usableFromInline var isShutDown: Bool

    @inlinable init(limit: Int) {
        unsafe getters = gv_wait_queue()
        unsafe putters = gv_wait_queue()
        unsafe joiners = gv_wait_queue()
        storage = Storage()
        self.limit = limit
        unfinished = 0
        isShutDown = false
    }
}

/// What a waiter in the line of getters wants.
@usableFromInline enum QueueTag {
    @usableFromInline static let gets: UInt32 = 0
    @usableFromInline static let peeks: UInt32 = 1
}

/// Makes sure that this thread has something to wait by, before a lock is taken.
@inlinable @inline(__always)
func prepareToWait() { if unsafe gv_hub_here() == nil { prepareNatively() } }

@usableFromInline @inline(never)
func prepareNatively() { _ = unsafe waitingHubPointer() }

/// Throws what ended a wait that nobody woke.
@usableFromInline @inline(never)
func throwInterrupt() throws { try throwWhatStruck() }

/// Parks the greenlet in `line`, whose record of waits is under the lock `lock`.
///
/// > Suspends: Always.
///
/// - Returns: False if `timeout` ran out first.
@inlinable @inline(__always)
func parkInQueue(
    _ line: UnsafeMutablePointer<gv_wait_queue>, lock: UnsafeMutablePointer<UInt32>,
    slot: UnsafeMutableRawPointer?, tag: UInt32, what: StaticString, object: AnyObject,
    timeout: Duration?
) throws -> Bool {
    if let timeout {
        return unsafe try parkTimed(
            line, lock: lock, slot: slot, tag: tag, what: what, object: object, timeout: timeout)
    }
    // SAFETY: the waiting frame holds the queue; the record of the wait lies in this very frame.
    let outcome = unsafe gv_wait_park(
        gv_waiting_hub(), line, lock, UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque()),
        UnsafeRawPointer(what.utf8Start).assumingMemoryBound(to: CChar.self), slot, tag)
    if outcome != UInt32(GV_WOKEN) { try throwInterrupt() }
    return true
}

@usableFromInline @inline(never)
func parkTimed(
    _ line: UnsafeMutablePointer<gv_wait_queue>, lock: UnsafeMutablePointer<UInt32>,
    slot: UnsafeMutableRawPointer?, tag: UInt32, what: StaticString, object: AnyObject,
    timeout: Duration
) throws -> Bool {
    unsafe try Wait(what: what, object: object, slot: slot, tag: tag)
        .park(on: line, hub: waitingHubPointer(), timeout: timeout, lock: lock)
}

/// Traps with `sentence` unless `condition` holds, in release builds too.
@inlinable @inline(__always)
func requireOfQueue(_ condition: Bool, _ sentence: StaticString) {
    if !condition { refuse(sentence) }
}

@usableFromInline @inline(never)
func refuse(_ sentence: StaticString) -> Never { trap("\(sentence)") }
