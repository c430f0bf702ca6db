// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import GeventCore
internal import GeventSystem

/// What the drivers of a resolver are filed under in their hubs.
final class AresKey: Sendable {}

/// Drives a channel of c-ares by the poller and the timers of one hub.
final class AresDriver {
    private let channel: AresChannel
    // Held, so that no other key can have its address while the driver is filed under it.
    private let key: AresKey
    private let gate: AresGate
    private var sockets: [Int32: AresSocket] = [:]
    private var failure: (any Error)?
    private var timer: HubTimer?

    /// The driver of this hub, if there is one.
    static func existing(_ key: AresKey) -> AresDriver? {
        Scheduler.current.belongings[ObjectIdentifier(key)] as? AresDriver
    }

    /// Ends the driver of this hub, if there is one.
    static func end(_ key: AresKey) {
        guard let driver = existing(key) else { return }
        Scheduler.current.belongings[ObjectIdentifier(key)] = nil
        driver.giveUp()
    }

    /// The driver for this hub, which keeps it until it closes.
    init(_ settings: AresSettings, limit: Int, key: AresKey) throws {
        channel = try AresChannel(settings)
        gate = AresGate(places: limit)
        self.key = key
        channel.onSocketChange { [weak self] in self?.note($0) }
        timer = HubTimer { [weak self] in self?.process() }
        Scheduler.current.belongings[ObjectIdentifier(key)] = self
    }

    deinit { timer?.cancel() }

    /// Asks, and waits for the answer.
    ///
    /// > Suspends: Always. A kill or a timeout returns at once; the late answer is dropped.
    ///
    /// - Parameter begin: Asks the channel.
    /// - Returns: The answer.
    /// - Throws: `LookupError`; what strikes the greenlet.
    func ask<Value: Sendable>(
        _ begin: (AresChannel, @escaping (Result<Value, LookupError>) -> Void) -> Void
    ) throws -> Value {
        try gate.enter()
        let answer = Answer<Value>()
        begin(channel) { [gate] result in
            gate.leave()
            answer.complete(result.mapError { $0 })
        }
        schedule()
        do { return try answer.wait("a look-up") } catch let error as LookupError {
            throw error.reason == .cancelled ? failure ?? error : error
        }
    }

    /// Goes on where a socket is ready, and gives up what has taken too long.
    func process(readable: Int32? = nil, writable: Int32? = nil) {
        channel.process(readable: readable, writable: writable)
        schedule()
    }

    /// Gives up all questions, and closes all sockets.
    func giveUp() {
        channel.cancel()
        schedule()
    }

    // A question that was asked later may have to be looked after sooner: tries wait longer and
    // longer.
    private func schedule() {
        timer?.cancel()
        if let patience = channel.patience { timer?.start(after: patience) }
    }

    // Called from within the channel, which must not be called back.
    private func note(_ change: AresChannel.SocketChange) {
        if change.isLast {
            sockets.removeValue(forKey: change.number)?.close()
            return
        }
        do {
            let socket = try sockets[change.number] ?? AresSocket(change.number, driver: self)
            sockets[change.number] = socket
            socket.note(change)
        } catch {
            failure = error
            spawnRaw { self.giveUp() }
        }
    }
}
#endif
