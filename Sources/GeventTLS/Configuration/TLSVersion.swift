// SPDX-License-Identifier: Apache-2.0

/// A version of TLS; older ones than these are not spoken.
///
/// gevent: `ssl.TLSVersion`.
public enum TLSVersion: Int, Comparable, Sendable, CaseIterable {
    /// TLS 1.2 (RFC 5246), with forward secret and authenticated ciphers only.
    case tls12 = 0x0303

    /// TLS 1.3 (RFC 8446).
    case tls13 = 0x0304

    /// Whether `left` is older.
    public static func < (left: TLSVersion, right: TLSVersion) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension TLSVersion: CustomStringConvertible {
    /// The version's name, such as `TLSv1.3`.
    public var description: String {
        switch self {
        case .tls12: "TLSv1.2"
        case .tls13: "TLSv1.3"
        }
    }
}
