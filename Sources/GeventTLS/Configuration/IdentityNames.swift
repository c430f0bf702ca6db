// SPDX-License-Identifier: Apache-2.0

/// Certificates by the names of hosts.
struct IdentityNames: Sendable {
    private var exact: [String: TLSIdentity] = [:]
    private var wildcards: [String: TLSIdentity] = [:]

    /// A table of `identities`; `*.` at the beginning of a name stands for one label.
    ///
    /// - Throws: ``TLSError`` `invalidName`.
    init(_ identities: [String: TLSIdentity]) throws {
        for (name, identity) in identities {
            let isWildcard = name.hasPrefix("*.")
            let host = try HostName(isWildcard ? String(name.dropFirst(2)) : name)
            guard !host.isAddress else {
                throw TLSError(.invalidName, reason: "no client asks for the address \(name)")
            }
            if isWildcard {
                wildcards[host.text] = identity
            } else {
                exact[host.text] = identity
            }
        }
    }

    /// Whether there are none.
    var isEmpty: Bool { exact.isEmpty && wildcards.isEmpty }

    /// The certificate for a name as it was asked for.
    func identity(for name: String) -> TLSIdentity? {
        guard let host = try? HostName(name) else { return nil }
        if let identity = exact[host.text] { return identity }
        guard let dot = host.text.firstIndex(of: "."), dot != host.text.startIndex else {
            return nil
        }
        return wildcards[String(host.text[host.text.index(after: dot)...])]
    }
}
