// SPDX-License-Identifier: Apache-2.0

/// One poller, and what every poller must keep to that a hub goes by.
///
/// It reports changes, each once, of descriptors that are registered once.
///
/// gevent: `gevent.tests.test__core_watcher`.
public struct PollerContract: Sendable, CustomStringConvertible {
    /// One poller that is put to the contract.
    public struct Subject {
        /// A poll that waits so long at most, `nil` for ever, and hands over what has happened.
        public typealias Poll = (
            _ timeout: Duration?, _ deliver: (_ token: UInt64, _ readiness: PollReadiness) -> Void
        ) throws -> Void

        let register: (Int32) throws -> UInt64
        let deregister: (UInt64) -> Void
        let poll: Poll
        let wake: @Sendable () -> Void
        let open: () throws -> Source

        /// A poller, by what can be done with it.
        ///
        /// - Parameters:
        ///   - register: Begins to report a descriptor; returns what its events carry.
        ///   - deregister: Ends a registration.
        ///   - poll: Waits for events.
        ///   - wake: Ends a wait, from any thread.
        ///   - open: Opens a descriptor that is writable and not readable.
        public init(
            register: @escaping (Int32) throws -> UInt64, deregister: @escaping (UInt64) -> Void,
            poll: @escaping Poll, wake: @escaping @Sendable () -> Void,
            open: @escaping () throws -> Source
        ) {
            self.register = register
            self.deregister = deregister
            self.poll = poll
            self.wake = wake
            self.open = open
        }
    }

    /// A descriptor, and what the trial does to it.
    public struct Source {
        let descriptor: Int32
        let makeReadable: () throws -> Void

        /// A descriptor.
        ///
        /// - Parameters:
        ///   - descriptor: Its number, to be registered. What it belongs to is held by
        ///     `makeReadable`.
        ///   - makeReadable: Has something arrive, also if something has before.
        public init(_ descriptor: Int32, makeReadable: @escaping () throws -> Void) {
            self.descriptor = descriptor
            self.makeReadable = makeReadable
        }
    }

    /// The name of the poller, for reports.
    public let description: String
    let make: @Sendable () throws -> Subject

    /// A poller, by how it is made on this thread.
    public init(_ name: String, make: @escaping @Sendable () throws -> Subject) {
        description = name
        self.make = make
    }

    /// What every poller must keep to.
    public enum Clause: String, CaseIterable, Sendable {
        /// What is ready already is reported by the next poll, with the token of its registration.
        case reportsWhatIsReady
        /// A change is reported once, and the next one again, whether or not anybody has read.
        case reportsChanges
        /// After the end of a registration nothing of it is reported.
        case forgetsWhatHasEnded
        /// What ends during a delivery is not reported by the rest of it.
        case dropsWhatEndsMeanwhile
        /// What was meant for one registration does not reach the next one of the same number.
        case tellsRegistrationsApart
        /// What is registered during a delivery is reported by the next poll.
        case takesWhatComesMeanwhile
        /// However many are ready, each is reported once.
        case reportsAll
        /// A wait does not end before its time.
        case waitsLongEnough
        /// A wake-up ends the wait, or keeps the next one from beginning; once.
        case isWoken
        /// Another thread's wake-ups are not lost.
        case isWokenByOthers
    }

    /// Checks one clause on this thread, which may block meanwhile.
    ///
    /// - Throws: ``ContractBroken``, or what the poller throws.
    public func check(_ clause: Clause) throws {
        try PollerTrial(subject: description, clause: clause, poller: make()).run()
    }
}
