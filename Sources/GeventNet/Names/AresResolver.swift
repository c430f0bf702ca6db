// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import GeventCore
public import GeventSystem

/// Asks name servers itself, by c-ares, without any thread.
///
/// Each hub that uses it has sockets of its own, which its poller watches; a socket is open only while
/// a question is. A thread without a hub blocks. It reads `/etc/resolv.conf` and the hosts file, and
/// knows nothing of the other sources of the C library: no multicast names, no directories. It also
/// answers ``lookupSRV(_:)``, ``lookupMX(_:)`` and ``lookupTXT(_:)``.
///
/// Errors tell more than those of ``ThreadResolver``: see `LookupError.reason`.
///
/// There only in builds with the package trait `CAres`.
///
/// gevent: `gevent.resolver.ares.Resolver`.
public final class AresResolver: Resolver {
    /// What it was made with.
    public let options: Options

    private let settings: AresSettings
    /// What its drivers are filed under, in each hub that has one.
    private let key = AresKey()
    private let hubs = Guarded<[HubReference]>([])

    /// A resolver.
    ///
    /// - Throws: `LookupError` with the text of c-ares when it cannot do with the options.
    /// - Precondition: The options name no Unix address and at least one server, or `nil`.
    public init(_ options: Options = Options()) throws {
        self.options = options
        settings = options.settings
        // Says at once what else would be said to the first question.
        _ = try AresChannel(settings)
    }

    deinit { close() }

    /// The addresses of a host.
    ///
    /// > Suspends: Unless `host` is an address in numbers or is malformed. A kill or a timeout
    /// > returns at once.
    ///
    /// - Throws: `LookupError`; what strikes the greenlet.
    public func addresses(
        of host: String, port: UInt16, family: SocketAddress.Family?
    ) throws -> [SocketAddress] {
        if let numbers = try HostName.numbers(host, port: port, family: family) { return [numbers] }
        return try ask { channel, done in
            channel.askAddresses(of: host, port: port, family: family, done)
        }.withoutRepeats
    }

    /// The name of the host at an address.
    ///
    /// > Suspends: Always. A kill or a timeout returns at once.
    ///
    /// - Throws: `LookupError`; what strikes the greenlet.
    public func name(of address: SocketAddress) throws -> String {
        guard address.family != .unix else { throw LookupError.wrongFamily(address.description) }
        return try ask { channel, done in channel.askName(of: address, done) }
            .presentable(for: address)
    }

    /// The records of a name.
    ///
    /// > Suspends: Unless `name` is malformed. A kill or a timeout returns at once.
    ///
    /// - Throws: `LookupError`; what strikes the greenlet.
    public func records(of name: String, kind: NameRecord.Kind) throws -> [NameRecord] {
        try HostName.check(name, as: .record)
        return try ask { channel, done in
            channel.askRecords(of: name, type: kind.number, done)
        }.map { record in try NameRecord(record, of: name) }
    }

    /// Gives up what is under way, in all hubs, which is answered by a `LookupError`, and closes the
    /// sockets; a later use begins anew.
    ///
    /// gevent: `resolver.close`.
    public func close() {
        let key = key
        let gone = hubs.withLock { hubs in
            defer { hubs = [] }
            return hubs
        }
        for hub in gone {
            if hub.isHere { AresDriver.end(key) } else { hub.submit { AresDriver.end(key) } }
        }
    }

    private func ask<Value: Sendable>(
        _ begin: (AresChannel, @escaping (Result<Value, LookupError>) -> Void) -> Void
    ) throws -> Value {
        guard HubNumber.here != 0 else { return try askBlocking(begin) }
        _ = try AnyGreenlet.currentThatMayWait()
        return try driver().ask(begin)
    }

    private func driver() throws -> AresDriver {
        if let driver = AresDriver.existing(key) { return driver }
        let driver = try AresDriver(settings, limit: options.limit, key: key)
        hubs.withLock { hubs in
            hubs.removeAll { $0.isClosed }
            hubs.append(.current)
        }
        return driver
    }

    private func askBlocking<Value: Sendable>(
        _ begin: (AresChannel, @escaping (Result<Value, LookupError>) -> Void) -> Void
    ) throws -> Value {
        let channel = try AresChannel(settings)
        var result: Result<Value, LookupError>?
        begin(channel) { result = $0 }
        channel.finish()
        guard let result else { trap("c-ares has closed a question without an answer") }
        return try result.get()
    }
}
#endif
