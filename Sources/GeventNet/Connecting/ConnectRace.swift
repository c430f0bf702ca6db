// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSystem

/// Attempts at the addresses of a host, each begun when those before it have failed or are slow; the
/// first that succeeds wins (RFC 8305, "Happy Eyeballs").
struct ConnectRace {
    /// How long an attempt is left alone before the next one begins (RFC 8305, section 8).
    static let stagger = Duration.milliseconds(250)

    private let host: String
    private let addresses: [SocketAddress]
    private let timeout: Duration?
    private let limit: Limit

    /// A race that has not begun.
    ///
    /// - Parameters:
    ///   - host: For errors.
    ///   - addresses: At least one, in the resolver's order.
    ///   - timeout: The limit, for errors.
    ///   - limit: What is left of it.
    init(host: String, addresses: [SocketAddress], timeout: Duration?, limit: Limit) {
        self.host = host
        self.addresses = Self.alternating(addresses)
        self.timeout = timeout
        self.limit = limit
    }

    /// Runs the attempts.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameter attempt: Makes one attempt, in a greenlet of its own where there are several.
    /// - Returns: The first connection; all other attempts have been ended.
    /// - Throws: ``ConnectError`` if all have failed; ``SocketTimeoutError`` when the time is up; what
    ///   strikes the greenlet.
    func run(
        _ attempt: @escaping (SocketAddress) throws -> Socket
    ) throws -> Connector.Connection {
        if addresses.count == 1 { return try attemptOne(addresses[0], attempt) }
        var attempts: [Greenlet<Result<Socket, any Error>>] = []
        var errors: [Int: any Error] = [:]
        defer { for running in attempts { kill(running) } }
        while errors.count < addresses.count {
            if attempts.count < addresses.count {
                let address = addresses[attempts.count]
                attempts.append(spawn { Result { try attempt(address) } })
            }
            // The next one begins when this one is slow, or as soon as any has failed.
            let pending = attempts.indices.filter { errors[$0] == nil }
            let patience = attempts.count < addresses.count ? Self.stagger : nil
            _ = try wait(pending.map { attempts[$0] }, timeout: sooner(patience), count: 1)
            for index in pending where attempts[index].isReady {
                switch attempts[index].value {
                case .success(let socket):
                    return Connector.Connection(socket: socket, peer: addresses[index])
                case .failure(let error): errors[index] = error
                case nil: errors[index] = attempts[index].error ?? GreenletExit()
                }
            }
            if limit.remaining == .zero { throw late(errors) }
        }
        throw ConnectError(host: host, attempts: tried(errors))
    }

    private func attemptOne(
        _ address: SocketAddress, _ attempt: (SocketAddress) throws -> Socket
    ) throws -> Connector.Connection {
        do {
            return Connector.Connection(socket: try attempt(address), peer: address)
        } catch let error as SystemError {
            throw ConnectError(host: host, attempts: tried([0: error]))
        } catch is SocketTimeoutError {
            // That one names what was left of the time when the attempt began.
            throw late([:])
        }
    }

    private func sooner(_ patience: Duration?) -> Duration? {
        guard let left = limit.remaining else { return patience }
        return min(left, patience ?? left)
    }

    private func tried(_ errors: [Int: any Error]) -> [ConnectError.Attempt] {
        errors.sorted { $0.key < $1.key }
            .map { ConnectError.Attempt(address: addresses[$0.key], error: $0.value) }
    }

    private func late(_ errors: [Int: any Error]) -> SocketTimeoutError {
        let failed = tried(errors.filter { !($0.value is SocketTimeoutError) })
        return SocketTimeoutError(
            operation: "connect", duration: timeout ?? .zero,
            note: failed.isEmpty ? nil : ConnectError(host: host, attempts: failed).description)
    }

    /// The addresses with their families in turn, each in its order (RFC 8305, section 4).
    static func alternating(_ addresses: [SocketAddress]) -> [SocketAddress] {
        guard let first = addresses.first?.family else { return [] }
        let ours = addresses.filter { $0.family == first }
        let others = addresses.filter { $0.family != first }
        var mixed: [SocketAddress] = []
        for index in 0..<max(ours.count, others.count) {
            if index < ours.count { mixed.append(ours[index]) }
            if index < others.count { mixed.append(others[index]) }
        }
        return mixed
    }
}
