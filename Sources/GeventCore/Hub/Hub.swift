// SPDX-License-Identifier: Apache-2.0
package import CGeventSwitch
public import GeventFiber
internal import GeventSystem
internal import Synchronization

/// A thread's scheduler: it runs the greenlets of its thread, one at a time.
///
/// Each thread has at most one, made by the first use. Programs seldom name it; ``spawn(stackSize:file:line:_:)``
/// and ``sleep(_:)`` use the hub of the thread that they are called on.
///
/// gevent: `Hub`.
@safe public final class Hub {
    /// Handed to the error handler for each error that nobody collects.
    ///
    /// May be replaced. What the handler itself throws is printed together with the error.
    ///
    /// gevent: `Hub.handle_error`.
    public var errorHandler: (Failure) throws -> Void {
        get { scheduler.errorHandler }
        set { scheduler.errorHandler = newValue }
    }

    /// What may wait at once for a greenlet of this hub, and which parts of the runtime's hidden
    /// state each greenlet has for itself.
    public var capabilities: Isolation { Isolation.present }

    /// The record that the hot path works on.
    package let pointer: UnsafeMutablePointer<gv_hub>
    let scheduler: Scheduler
    let stacks: StackPool
    let overflow = OverflowReport()
    let mainGreenlet: AnyGreenlet
    let idlers: UnsafeMutablePointer<gv_wait_queue>
    let joiners: UnsafeMutablePointer<gv_wait_queue>
    let pace = Pace()
    var isKeptAlive = false
    var isClosing = false
    let quiet = QuietReport()
    let spin = SpinWait()
    var overlaps: OverlapCheck?
    private let lines = (WaitList(), WaitList())
    /// How many there have been in this process.
    static let made = Atomic<UInt64>(0)

    /// The hub of this thread, made now if there is none.
    ///
    /// gevent: `get_hub`.
    public static var current: Hub { unsafe of(currentHubPointer()) }

    /// The hub of this thread if there is one.
    public static var currentIfExists: Hub? { unsafe gv_hub_here().map { unsafe of($0) } }

    /// The hub that a record belongs to.
    @inline(__always) package static func of(_ pointer: UnsafeMutablePointer<gv_hub>) -> Hub {
        // SAFETY: `prepare` sets the hub as its scheduler's owner, and nothing else ever is.
        guard let owner = unsafe Scheduler.of(pointer).owner else {
            trap("the hub has closed")
        }
        return unsafe unsafeDowncast(owner, to: Hub.self)
    }

    init(scheduler: Scheduler) {
        unsafe pointer = scheduler.pointer
        self.scheduler = scheduler
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
    public var uncollectedFailures: Int { scheduler.failureCount }
}

/// The greenlet that a thread's own stack is.
final class MainGreenlet: AnyGreenlet {
    init() {
        super.init(
            runner: { _ in trap("the main greenlet runs by itself") },
            stackSize: nil, file: "", line: 0)
    }
}
