// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Makes connections within a limit of time.
struct Connector {
    /// A connection, and whom to.
    struct Connection {
        /// The connected socket.
        let socket: Socket
        /// The address that answered.
        let peer: SocketAddress
    }

    private let timeout: Duration?
    private let source: SocketAddress?
    private let limit: Limit

    /// Begins to count the time.
    ///
    /// - Parameters:
    ///   - timeout: How long it may take in all.
    ///   - source: The address at this end; `nil` leaves it to the system.
    init(timeout: Duration?, source: SocketAddress? = nil) {
        self.timeout = timeout
        self.source = source
        limit = Limit(timeout)
    }

    /// Connects to the address of a host that answers first.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: `LookupError`, ``ConnectError``, ``SocketTimeoutError``, what strikes the greenlet.
    func open(host: String, port: UInt16) throws -> Connection {
        var addresses = try addresses(of: host, port: port)
        if let source {
            addresses.removeAll { $0.family != source.family }
            if addresses.isEmpty { throw SystemError.noAddress(like: source, host: host) }
        }
        let race = ConnectRace(host: host, addresses: addresses, timeout: timeout, limit: limit)
        return try race.run { address in try open(address, timeout: limit.remaining) }
    }

    /// Connects to one address.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: `SystemError`, ``SocketTimeoutError``, what strikes the greenlet.
    func open(_ address: SocketAddress, timeout: Duration?) throws -> Socket {
        let descriptor = try SocketCalls.open(address.family, .stream)
        if let source { try SocketCalls.bind(descriptor.number, to: source) }
        let progress = try begin(descriptor.number, address)
        // Watched from now on and not before: the kernel reports a socket that was never connected
        // as hung up (tcp_poll), which would be taken for the end of the stream.
        let socket = try Socket(descriptor)
        if progress == .inProgress {
            socket.timeout = timeout
            try finish(socket, address)
            socket.timeout = nil
        }
        return socket
    }

    // A Unix listener whose queue is full answers EAGAIN, and nothing tells when it no longer is
    // (connect(2)): ask again, more and more seldom.
    private func begin(_ number: Int32, _ address: SocketAddress) throws -> ConnectProgress {
        var pause = Duration.milliseconds(1)
        while true {
            do {
                return try SocketCalls.connect(number, to: address)
            } catch {
                guard address.family == .unix && error.isTryAgain else { throw error }
                let left = limit.remaining
                if left == .zero { throw late }
                try sleep(min(pause, left ?? pause))
                pause = min(pause * 2, .milliseconds(50))
            }
        }
    }

    private func finish(_ socket: Socket, _ address: SocketAddress) throws {
        let patience = Limit(socket.timeout)
        while true {
            try socket.wait(for: .write, "connect", patience)
            let number = try socket.number(for: "connect")
            let code = try SocketOption.takeError(number)
            if code != 0 {
                throw SystemError(call: "connect", code: code, note: address.description)
            }
            // Without an error it stands, unless the event was about something else.
            do {
                _ = try SocketCalls.peerAddress(number)
                return
            } catch  where error.isNotConnected {}
        }
    }

    private func addresses(of host: String, port: UInt16) throws -> [SocketAddress] {
        guard let timeout else { return try lookup(host, port: port) }
        return try withTimeout(timeout, throwing: late) { try lookup(host, port: port) }
    }

    private var late: SocketTimeoutError {
        SocketTimeoutError(operation: "connect", duration: timeout ?? .zero)
    }
}
