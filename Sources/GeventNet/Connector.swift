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
    private let limit: Limit

    /// Begins to count the time.
    init(timeout: Duration?) {
        self.timeout = timeout
        limit = Limit(timeout)
    }

    /// Connects to the first address of a host that answers.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: `LookupError`, ``ConnectError``, ``SocketTimeoutError``, what strikes the greenlet.
    func connect(host: String, port: UInt16) throws -> Connection {
        let addresses = try addresses(of: host, port: port)
        var attempts: [ConnectError.Attempt] = []
        for (index, address) in addresses.enumerated() {
            // One that does not answer must not use up the time of those after it.
            let share = limit.remaining.map { $0 / (addresses.count - index) }
            do {
                return Connection(socket: try connect(to: address, timeout: share), peer: address)
            } catch let error where error is SystemError || error is SocketTimeoutError {
                attempts.append(ConnectError.Attempt(address: address, error: error))
            }
        }
        try throwIfLate()
        throw ConnectError(host: host, attempts: attempts)
    }

    /// Connects to one address.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: `SystemError`, ``SocketTimeoutError``, what strikes the greenlet.
    func connect(to address: SocketAddress, timeout: Duration?) throws -> Socket {
        let descriptor = try SocketCalls.open(address.family, .stream)
        let progress = try SocketCalls.connect(descriptor.number, to: address)
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
        let late = SocketTimeoutError(operation: "connect", duration: timeout)
        return try withTimeout(timeout, throwing: late) { try lookup(host, port: port) }
    }

    private func throwIfLate() throws {
        guard let timeout, limit.remaining == .zero else { return }
        throw SocketTimeoutError(operation: "connect", duration: timeout)
    }
}
