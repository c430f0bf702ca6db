// SPDX-License-Identifier: Apache-2.0
internal import GeventSystem

/// Authorities whose signature makes a certificate good.
///
/// gevent: `SSLContext.load_verify_locations`, `SSLContext.load_default_certs`.
public struct TLSTrust: Sendable {
    private enum Source {
        case system
        case file(String)
        case pem([UInt8])
    }

    private let source: Source

    private init(_ source: Source) { self.source = source }

    /// Those that the system trusts; `SSL_CERT_FILE` and `SSL_CERT_DIR` name others.
    public static let system = TLSTrust(.system)

    /// Those in a file of PEM, read when the context is made.
    public static func file(_ path: String) -> TLSTrust { TLSTrust(.file(path)) }

    /// Those in PEM.
    public static func pem(_ bytes: [UInt8]) -> TLSTrust { TLSTrust(.pem(bytes)) }

    /// Those in PEM.
    public static func pem(_ text: String) -> TLSTrust { TLSTrust(.pem(Array(text.utf8))) }

    /// The certificates in PEM; `nil` for those of the system.
    func certificates() throws -> [UInt8]? {
        switch source {
        case .system: nil
        case .file(let path): try WholeFile.bytes(of: path)
        case .pem(let bytes): bytes
        }
    }
}
