// SPDX-License-Identifier: Apache-2.0
internal import GeventSync

/// One kind of server, and what every kind must keep to.
///
/// The server answers texts with texts, over whatever it speaks:
///
/// ```swift
/// let tcp = ServerContract("TCP") { service in
///     let server = try StreamServer("127.0.0.1:0", maxConnections: service.limit) { stream, _ in
///         try service.serve(stream)
///     }
///     return .init(server) { try connect(host: "127.0.0.1", port: server.port) }
/// }
/// ```
///
/// gevent: `gevent.tests.test__server`.
public struct ServerContract: Sendable, CustomStringConvertible {
    /// The name of the kind, for reports.
    public let description: String
    let canRestart: Bool
    let clock: TestHub.Clock
    let make: @Sendable (Service) throws -> Subject

    /// A kind of server.
    ///
    /// - Parameters:
    ///   - name: Its name, for reports.
    ///   - canRestart: Whether it can be started again after it was stopped; if not, starting it
    ///     again has to throw.
    ///   - clock: The clock of the hub: the real one for what goes through the kernel, a virtual one
    ///     without patience for what does not.
    ///   - make: Makes one in the running hub, which answers by the service and is not started.
    public init(
        _ name: String, canRestart: Bool = true, clock: TestHub.Clock = .real,
        make: @escaping @Sendable (_ service: Service) throws -> Subject
    ) {
        description = name
        self.canRestart = canRestart
        self.clock = clock
        self.make = make
    }

    /// What every server must keep to.
    public enum Clause: String, CaseIterable, Sendable {
        /// It answers many at once.
        case servesMany
        /// Starting one that is started changes nothing.
        case startsOnce
        /// While it accepts no more, handlers go on, and who comes waits.
        case restsAndGoesOn
        /// No more handlers run at once than it may have; who comes beyond waits.
        case limitsHandlers
        /// Stopping waits for the handlers.
        case waitsForHandlers
        /// Handlers that are not done when the time is up are killed.
        case killsHandlers
        /// An error of a handler is reported, and the server goes on.
        case reportsErrors
        /// A handler may stop its server, and goes on.
        case isStoppedByHandlers
        /// Stopping what is stopped changes nothing.
        case stopsOnce
        /// It starts again after it was stopped; what cannot says so.
        case restartsIfItCan
    }

    /// Checks one clause in a hub of its own, on a thread of its own.
    ///
    /// > Suspends: Never; it blocks the thread until the clause has been checked.
    ///
    /// - Throws: ``ContractBroken``, or what the server throws.
    public func check(_ clause: Clause) throws {
        try TestHub.forContract(clock).run {
            let bench = ServerBench()
            let limit = clause == .limitsHandlers ? 2 : nil
            let server = try make(Service(limit: limit) { try bench.answer($0) })
            bench.server = server
            let trial = ServerTrial(contract: self, clause: clause, server: server, bench: bench)
            defer {
                bench.gate.set()
                bench.server = nil
            }
            try trial.run()
            _ = try server.stop(.zero)
        }
    }
}
