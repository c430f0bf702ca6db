// SPDX-License-Identifier: Apache-2.0

extension TLSError {
    /// What went wrong; more of them may come with later versions.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// The code in words.
        public let description: String

        private init(_ words: String) { description = words }
    }
}

// What is wrong with a certificate.
extension TLSError.Code {
    /// A certificate of the peer was valid until some time ago.
    public static let certificateExpired = Self("the certificate has expired")

    /// A certificate of the peer is valid from some time on.
    public static let certificateNotYetValid = Self("the certificate is not valid yet")

    /// The peer's certificate is signed by itself, and not among those that are trusted.
    public static let selfSigned = Self("the certificate is signed by itself")

    /// Nobody who is trusted has signed the peer's certificate, or one is missing between them.
    public static let unknownAuthority = Self("the certificate's authority is unknown")

    /// The certificate is for another host.
    public static let hostnameMismatch = Self("the certificate is for another host")

    /// A certificate of the peer was revoked.
    public static let certificateRevoked = Self("the certificate was revoked")

    /// The certificate is not good for some other reason: its purpose, its key, its signature.
    public static let certificateRejected = Self("the certificate was rejected")

    /// The client sent no certificate to a server that requires one.
    public static let certificateMissing = Self("the peer sent no certificate")
}

// What is wrong between two sides.
extension TLSError.Code {
    /// The two sides did not come to terms.
    public static let handshakeFailed = Self("the handshake failed")

    /// Client and server have no application protocol in common.
    public static let noCommonProtocol = Self("no common application protocol")

    /// Client and server have no version of TLS in common.
    public static let noCommonVersion = Self("no common version of TLS")

    /// Client and server have no cipher in common.
    public static let noCommonCipher = Self("no common cipher")

    /// The peer speaks something else: plain HTTP, say.
    public static let notTLS = Self("the peer does not speak TLS")

    /// The connection ended without the peer's word that all was sent: something may be missing.
    public static let truncated = Self("the connection ended before the stream did")

    /// What arrived was damaged or forged.
    public static let badRecord = Self("a record was damaged")

    /// The peer gave up and said why: see ``TLSError/alert``.
    public static let peerAlert = Self("the peer gave up")

    /// A write was cut short by an error in the middle of a record, so that no other one can follow.
    public static let interrupted = Self("an earlier operation was cut short")

    /// The peer sent something that was not read before the encryption was to end.
    public static let unreadData = Self("something was left unread")
}

// What is wrong on this side.
extension TLSError.Code {
    /// The name of a host is no name that a certificate can have.
    public static let invalidName = Self("not the name of a host")

    /// The configuration contradicts itself or holds something unusable.
    public static let invalidConfiguration = Self("the configuration is not usable")

    /// A certificate or a key could not be read: no PEM, or protected by another passphrase.
    public static let unreadableCertificate = Self("a certificate or key is unreadable")

    /// A key does not belong to its certificate.
    public static let keyMismatch = Self("the key is not that of the certificate")
}
