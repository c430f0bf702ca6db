// SPDX-License-Identifier: Apache-2.0

/// A greenlet, or a callback of the hub, that holds its hub: nobody else in it runs.
///
/// Its text says the same in words, with the stack.
///
/// gevent: `gevent.events.EventLoopBlocked`.
public struct BlockedReport: Sendable {
    /// How far it has come.
    public enum Stage: Sendable {
        /// It has held the hub for longer than the threshold.
        case begun
        /// It still does. Told at one second, ten, a hundred and so on.
        case continuing
        /// It has let go. What it was at is that of the last report.
        case ended
    }

    /// What the thread was at.
    public enum Activity: Sendable, Equatable {
        /// It ran on a processor.
        case computing
        /// It waited in a system call; `nil` if it is not known which.
        case waiting(systemCall: String?)
        /// It waited for a page of memory.
        case loadingMemory
        /// The kernel did not tell.
        case unknown
    }

    /// A place in the code.
    public struct Frame: Sendable {
        /// Where the thread was, or where the call returns to.
        public let address: UInt
        /// The function, as people write it; `nil` if the object has no name for it.
        public let function: String?
        /// How far the address lies in the function.
        public let functionOffset: UInt
        /// The path of the object; `nil` for code that was made at run time.
        public let object: String?
        /// How far the address lies in the object, for `addr2line` and its like.
        public let objectOffset: UInt
    }

    /// How far it has come.
    public let stage: Stage
    /// Which hub of the process it is, counted from 1.
    public let hub: UInt64
    /// The kernel's number of the hub's thread.
    public let thread: Int32
    /// Who holds it, for people.
    public let greenlet: String
    /// Where the greenlet was spawned; `nil` for the main greenlet and for callbacks.
    public let spawnSite: String?
    /// For how long it was seen to hold the hub: it may have begun up to one threshold earlier.
    public let duration: Duration
    /// What the thread was at.
    public let activity: Activity
    /// The function of the C library that was called; `nil` if the thread was not in one that has a name.
    public let call: String?
    /// The path of the object that called it, or that computes.
    public let library: String?
    /// The function in that object; `nil` if it has no name for it.
    public let function: String?
    /// The native stack, from the innermost frame on; that one alone, or none, if the thread did not answer.
    public let stack: [Frame]
}
