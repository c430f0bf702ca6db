// SPDX-License-Identifier: Apache-2.0
public import CGeventSwitch
internal import GeventCore

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

/// Makes sure that this thread has a hub, before a lock is taken.
@usableFromInline func prepareToWait() { _ = unsafe currentHubPointer() }

/// Whether the running greenlet may wait: false in a callback of the hub.
@usableFromInline func mayWait() -> Bool { unsafe Hub.currentIfExists.map { !$0.isInCallback } ?? true }

/// Parks the greenlet in `line`, whose record of waits is under the lock `lock`.
@usableFromInline
func parkInQueue(
    _ line: UnsafeMutablePointer<gv_wait_queue>, lock: UnsafeMutablePointer<UInt32>,
    slot: UnsafeMutableRawPointer?, tag: UInt32, what: StaticString, object: AnyObject, timeout: Duration?
) throws -> Bool {
    unsafe try Wait(what: what, object: object, slot: slot, tag: tag)
        .park(on: line, hub: currentHubPointer(), timeout: timeout, lock: lock)
}
