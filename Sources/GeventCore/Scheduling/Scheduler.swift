// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch
package import GeventLoop
package import GeventSystem

/// What a hub does for its greenlets, beside running them: timers, callbacks, descriptors, names and
/// reports.
@safe package final class Scheduler {
    /// The record that the hot path works on.
    package let pointer: UnsafeMutablePointer<gv_hub>
    /// The timers of the hub.
    package let timers = TimerHeap()
    /// The descriptors of the hub.
    package let poller: Poller
    /// Where reads of sockets put what they take first.
    package let receiveRoom = ReceiveRoom()
    /// The hub as other threads may know it.
    package let reference = HubReference()
    /// Greenlets that wait for descriptors, and jobs of other threads that will come back.
    package var outsideWaits: Int {
        get { unsafe Int(pointer.pointee.outside_waits) }
        set { unsafe pointer.pointee.outside_waits = Int32(newValue) }
    }
    /// Those of them that wait for descriptors.
    var descriptorWaits: Int {
        get { unsafe Int(pointer.pointee.descriptor_waits) }
        set { unsafe pointer.pointee.descriptor_waits = Int32(newValue) }
    }
    /// How time passes if a test is in charge of it.
    package var virtualTime: VirtualTime?
    /// Who decides which of those who are ready runs next, if it is not the order they came in.
    package var order: (any TurnOrder)? {
        // The next switch looks at it.
        didSet {
            unsafe pointer.pointee.is_ordered = order == nil ? 0 : 1
            if order != nil { unsafe pointer.pointee.budget = 0 }
        }
    }
    /// Who wants to be told of each switch.
    var switchWatches: [SwitchWatch] = []
    /// What other layers keep for this hub, each under a key object of its own; let go of, on the
    /// hub's thread, when the hub closes.
    package var belongings: [ObjectIdentifier: AnyObject] = [:]

    var errorHandler: (Failure) throws -> Void = { StandardError.write("gevent: \($0)\n") }
    var failureCount = 0
    /// What a greenlet is called; set by the layer that knows.
    var name: (Node) -> String = { unsafe "greenlet #\($0.pointee.serial)" }
    // SAFETY: the hub holds its scheduler, and takes it along when it goes.
    unowned(unsafe) var owner: AnyObject?

    init(pointer: UnsafeMutablePointer<gv_hub>) throws(SystemError) {
        unsafe self.pointer = pointer
        poller = try Poller()
    }

    /// That of this thread's hub, which is made if there is none.
    package static var current: Scheduler { unsafe of(currentHubPointer()) }

    /// That of a hub.
    @inline(__always) package static func of(_ pointer: UnsafeMutablePointer<gv_hub>) -> Scheduler {
        // SAFETY: the hub retains it for as long as its record is in use.
        unsafe Unmanaged<Scheduler>.fromOpaque(pointer.pointee.owner).takeUnretainedValue()
    }

    /// Has the hub call `callback` after whoever is ready now.
    func runCallback(_ callback: @escaping () throws -> Void) {
        unsafe HubCallback.enqueue(in: pointer, callback)
    }

    /// Lets go of what other layers keep for this hub, as it closes.
    func letGoOfBelongings() {
        // They go after the table is at rest: their end may come back here.
        let gone = belongings
        belongings = [:]
        withExtendedLifetime(gone) {}
    }

    /// Hands `failure` to the error handler, which may be the user's and may throw.
    func report(_ failure: Failure) {
        failureCount += 1
        do { try errorHandler(failure) } catch {
            StandardError.write(
                "gevent: \(failure)\ngevent: the error handler failed with \(error)\n")
        }
    }
}

extension HubReference {
    /// The hub of this thread.
    package static var current: HubReference { Scheduler.current.reference }
}
