// SPDX-License-Identifier: Apache-2.0

/// How a client makes sure that it talks to the server it means.
///
/// gevent: `SSLContext.verify_mode`, `SSLContext.check_hostname`.
public enum TLSVerification: Hashable, Sendable {
    /// The certificate has to come from a trusted authority and to name the host.
    case full

    /// The certificate has to come from a trusted authority, and may name any host.
    ///
    /// Whoever has a certificate for a host of their own can pass for every other one.
    case insecureAnyName

    /// Any certificate will do: whoever sits in between reads and changes everything.
    case insecureNone
}

/// Whether a server asks its clients for certificates.
///
/// gevent: `SSLContext.verify_mode` of a server.
public enum TLSClientCertificates: Hashable, Sendable {
    /// It does not.
    case notAsked

    /// It does, and goes on without one. One that is sent has to come from a trusted authority.
    case requested

    /// It does, and ends the handshake without one.
    case required
}
