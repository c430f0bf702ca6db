// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventNet
internal import GeventSystem

extension FakeHost {
    /// Connects to a port of a host.
    ///
    /// What is lost on the way is sent again, as TCP does, until the time is up.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameters:
    ///   - host: The other host, or this one.
    ///   - port: Where it should listen.
    ///   - timeout: How long to try; `nil` tries for as long as the network's patience lasts.
    /// - Returns: This end of the connection.
    /// - Throws: `SystemError` (`ECONNREFUSED` where nobody listens, `ETIMEDOUT` when the network's
    ///   patience has ended); `SocketTimeoutError` when `timeout` is reached; `LookupError` for a
    ///   host that is not there; what strikes the greenlet.
    public func connect(
        to host: String, port: UInt16, timeout: Duration? = nil
    ) throws -> FakeStream {
        guard let target = network.hostIfExists(host) else {
            throw LookupError.failed(host, .noSuchName)
        }
        return try FakeHandshake(self, target, port, timeout).run()
    }
}

/// One attempt to connect.
private struct FakeHandshake {
    let network: FakeNetwork
    let host: FakeHost
    let target: FakeHost
    let local: UInt16
    let port: UInt16
    let timeout: Duration?
    let limit: Limit

    init(_ host: FakeHost, _ target: FakeHost, _ port: UInt16, _ timeout: Duration?) {
        network = host.network
        self.host = host
        self.target = target
        self.port = port
        self.timeout = timeout
        local = host.freePort()
        limit = Limit(timeout ?? network.patience)
    }

    private var name: String { "\(host.name):\(local) > \(target.name):\(port)" }

    func run() throws -> FakeStream {
        let there = network.way(from: host.name, to: target.name)
        let back = network.way(from: target.name, to: host.name)
        var pause = there.link.retransmission
        while true {
            network.note("\(name): connect")
            guard try passes(there) else {
                try retry(&pause)
                continue
            }
            guard let listener = target.listener(at: port) else {
                guard try passes(back) else {
                    try retry(&pause)
                    continue
                }
                throw SystemError.connectionRefused("\(target.name):\(port)")
            }
            guard listener.hasRoom else {
                try retry(&pause)
                continue
            }
            let (near, far) = FakeStream.pair(network, host, local, target, port)
            listener.add(far)
            do {
                while try !passes(back) { try retry(&pause) }
            } catch {
                near.reset()
                throw error
            }
            return near
        }
    }

    /// Waits until a packet has arrived; false if it is lost.
    private func passes(_ way: FakeWay) throws -> Bool {
        let now = network.timetable.now
        let isLost = way.happens(way.link.loss)
        let arrival = way.arrival(of: 0, sentAt: now)
        guard !isLost && !network.isCut(way) else { return false }
        try rest(.nanoseconds(Int64(arrival - now)))
        return !network.isCut(way)
    }

    private func retry(_ pause: inout Duration) throws {
        network.note("\(name): no answer")
        try rest(pause)
        pause *= 2
    }

    private func rest(_ duration: Duration) throws {
        let left = limit.remaining ?? duration
        try sleep(min(duration, left))
        guard duration >= left else { return }
        network.note("\(name): given up")
        guard let timeout else { throw SystemError.noAnswer("\(target.name):\(port)") }
        throw SocketTimeoutError(operation: "connect", duration: timeout)
    }
}
