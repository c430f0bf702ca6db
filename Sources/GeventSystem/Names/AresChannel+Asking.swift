// SPDX-License-Identifier: Apache-2.0
#if CAres
internal import CGeventAres
internal import CGeventSystem

extension AresChannel {
    private typealias Done = (Result<[AresItem], LookupError>) -> Void

    /// More aliases in a row than that are a mistake or an attack.
    private static let mostAliases = 16

    /// Asks for the addresses of a host.
    ///
    /// - Parameters:
    ///   - host: A name.
    ///   - port: Given to every address of the answer.
    ///   - family: `nil` asks for IPv4 and IPv6.
    ///   - done: Called once, maybe at once, with at least one address.
    package func askAddresses(
        of host: String, port: UInt16, family: SocketAddress.Family?,
        _ done: @escaping (Result<[SocketAddress], LookupError>) -> Void
    ) {
        let reply = AresReply(subject: host) { [weak self] answer in
            let done: Done = { answer in
                done(answer.flatMap { Self.addresses($0, of: host, port, family) })
            }
            guard let self else { return done(answer) }
            explain(answer, host, GV_ARES_A, done)
        }
        // SAFETY: the name is read during the call; the reply holds itself until it is done.
        unsafe gv_ares_ask_host(channel, host, family?.number ?? AF_UNSPEC, reply.callbacks)
    }

    /// Asks for the name of the host at an IPv4 or IPv6 address.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - done: Called once, maybe at once.
    package func askName(
        of address: SocketAddress, _ done: @escaping (Result<String, LookupError>) -> Void
    ) {
        let subject = address.host ?? address.description
        if let name = nameInHostsFile(of: address) { return done(.success(name)) }
        ask(address.reverseName, GV_ARES_PTR, for: subject) { answer in
            done(
                answer.flatMap { items in
                    items.first.map { .success($0.host) } ?? .failure(.noData(subject))
                })
        }
    }

    /// Asks for records of a name, as it is.
    ///
    /// - Parameters:
    ///   - name: The full name.
    ///   - type: Which records.
    ///   - done: Called once, maybe at once, with at least one record.
    package func askRecords(
        of name: String, type: AresRecord.Kind,
        _ done: @escaping (Result<[AresRecord], LookupError>) -> Void
    ) {
        ask(name, type.type, for: name) { answer in
            done(
                answer.flatMap { items in
                    items.isEmpty
                        ? .failure(.noData(name)) : .success(AresRecord.all(type, items))
                })
        }
    }

    private func ask(
        _ name: String, _ type: gv_ares_type, for subject: String, _ done: @escaping Done
    ) {
        let reply = AresReply(subject: subject) { [weak self] answer in
            guard let self else { return done(answer) }
            explain(answer, name, type, done)
        }
        // SAFETY: as above.
        unsafe gv_ares_ask(channel, name, type, reply.callbacks)
    }

    // c-ares says that it could reach nobody also where all servers have refused. The frank channel
    // is asked then, for nothing but the reason.
    private func explain(
        _ answer: Result<[AresItem], LookupError>, _ name: String, _ type: gv_ares_type,
        _ done: @escaping Done
    ) {
        guard case .failure(let error) = answer, error.reason == .unreachable else {
            return done(answer)
        }
        let reply = AresReply(subject: error.subject) { second in
            let reasons: [LookupError.Reason?] = [
                .serverFailure, .refused, .notUnderstood, .cancelled,
            ]
            guard case .failure(let frank) = second, reasons.contains(frank.reason) else {
                return done(answer)
            }
            done(second)
        }
        // SAFETY: as above.
        unsafe gv_ares_ask(frank, name, type, reply.callbacks)
    }

    private static func addresses(
        _ items: [AresItem], of host: String, _ port: UInt16, _ family: SocketAddress.Family?
    ) -> Result<[SocketAddress], LookupError> {
        let answered = items.compactMap { item in
            // SAFETY: the bytes are lent for the call.
            unsafe item.bytes?.withUnsafeBytes { unsafe SocketAddress(bytes: $0)?.with(port: port) }
        }
        // c-ares takes whatever a server answers, also addresses that nobody has asked for.
        let addresses = answered.filter { family == nil || $0.family == family }
        if items.count(where: { $0.bytes == nil }) > mostAliases {
            return .failure(.badAnswer(host))
        }
        return addresses.isEmpty ? .failure(.noData(host)) : .success(addresses)
    }

    // The hosts file is read at once, and no socket is opened for it.
    private func nameInHostsFile(of address: SocketAddress) -> String? {
        guard readsHostsFile else { return nil }
        var name: String?
        let reply = AresReply(subject: "") { name = (try? $0.get())?.first?.host }
        // SAFETY: the address is read during the call.
        unsafe address.withBytes { bytes in
            unsafe gv_ares_ask_name(frank, bytes.baseAddress, reply.callbacks)
        }
        return name
    }
}

extension SocketAddress {
    /// The name under which servers keep the name of an address.
    fileprivate var reverseName: String {
        switch storage {
        case .ipv4(let host, _):
            return stride(from: 0, to: 32, by: 8).map { "\(host >> $0 & 0xFF)." }.joined()
                + "in-addr.arpa"
        case .ipv6(let host, _, _):
            return stride(from: 0, to: 128, by: 4)
                .map { String(UInt8(host >> UInt128($0) & 0xF), radix: 16) + "." }.joined()
                + "ip6.arpa"
        case .unix:
            trap("a Unix address has no name among hosts")
        }
    }
}
#endif
