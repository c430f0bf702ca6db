// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch
public import GeventFiber
package import GeventLoop
internal import GeventSystem

/// A thread's scheduler: it runs the greenlets of its thread, one at a time.
///
/// Each thread has at most one, made by the first use. Programs seldom name it; ``spawn(stackSize:file:line:_:)``
/// and ``sleep(_:ref:)`` use the hub of the thread that they are called on.
///
/// gevent: `Hub`.
@safe public final class Hub {
    /// Handed to the error handler for each error that nobody collects.
    ///
    /// May be replaced. What the handler itself throws is printed together with the error.
    ///
    /// gevent: `Hub.handle_error`.
    public var errorHandler: (Failure) throws -> Void = { StandardError.write("gevent: \($0)\n") }

    /// What may wait at once for a greenlet of this hub, and which parts of the runtime's hidden
    /// state each greenlet has for itself.
    public var capabilities: Isolation { Isolation.present }

    package let pointer: UnsafeMutablePointer<gv_hub>
    package let timers = TimerHeap()
    let poller: Poller
    let stacks: StackPool
    let overflow = OverflowReport()
    let mainGreenlet: AnyGreenlet
    let reference = HubReference()
    let idlers: UnsafeMutablePointer<gv_wait_queue>
    let joiners: UnsafeMutablePointer<gv_wait_queue>
    var idents = IdentPool()
    var pace = Pace()
    var failureCount = 0
    /// Greenlets that wait for descriptors, and jobs of other threads that will come back.
    package var outsideWaits = 0
    var isKeptAlive = false
    var isClosing = false
    var overlaps: OverlapCheck?
    private let lines = (WaitList(), WaitList())

    /// The hub of this thread, made now if there is none.
    ///
    /// gevent: `get_hub`.
    public static var current: Hub { unsafe of(currentHubPointer()) }

    /// The hub of this thread if there is one.
    public static var currentIfExists: Hub? { unsafe gv_hub_here().map { unsafe of($0) } }

    @inline(__always) package static func of(_ pointer: UnsafeMutablePointer<gv_hub>) -> Hub {
        // SAFETY: `make` retains the hub for as long as its record lives.
        unsafe Unmanaged<Hub>.fromOpaque(pointer.pointee.owner).takeUnretainedValue()
    }

    init(pointer: UnsafeMutablePointer<gv_hub>, poller: Poller) {
        unsafe self.pointer = pointer
        self.poller = poller
        stacks = unsafe StackPool(hub: pointer)
        unsafe idlers = lines.0.queue
        unsafe joiners = lines.1.queue
        mainGreenlet = MainGreenlet()
    }

    /// How many greenlets have started and not ended.
    public var greenletCount: Int { unsafe Int(pointer.pointee.live_count) }

    /// The most greenlets that were alive at once.
    public var mostGreenlets: Int { unsafe Int(pointer.pointee.live_most) }

    /// The greenlets that have started and not ended, oldest first.
    ///
    /// - Complexity: O(n).
    public var greenlets: [AnyGreenlet] { unsafe LiveList.all(of: pointer) }

    /// How many errors that nobody collected were handed to the error handler.
    public var uncollectedFailures: Int { failureCount }
}

/// The greenlet that a thread's own stack is.
final class MainGreenlet: AnyGreenlet {
    init() {
        super.init(
            runner: { _ in preconditionFailure("the main greenlet runs by itself") },
            stackSize: nil, file: "", line: 0)
    }
}
