// SPDX-License-Identifier: Apache-2.0
internal import CGeventTLS

extension TLSError {
    /// What a failed call has left behind.
    ///
    /// - Parameters:
    ///   - failure: Filled in by the call.
    ///   - fallback: The code for what has none of its own.
    init(_ failure: gv_tls_failure, otherwise fallback: Code) {
        // SAFETY: the text is part of the value, and ends with a zero.
        let reason = unsafe withUnsafeBytes(of: failure.text) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        self.init(
            Self.code(of: failure.cause) ?? fallback, reason: reason,
            alert: UInt8(exactly: failure.alert))
    }

    private static func code(of cause: Int32) -> Code? {
        switch Int(cause) {
        case Int(GV_TLS_EXPIRED): .certificateExpired
        case Int(GV_TLS_NOT_YET_VALID): .certificateNotYetValid
        case Int(GV_TLS_SELF_SIGNED): .selfSigned
        case Int(GV_TLS_UNKNOWN_AUTHORITY): .unknownAuthority
        case Int(GV_TLS_HOST_MISMATCH): .hostnameMismatch
        case Int(GV_TLS_REVOKED): .certificateRevoked
        case Int(GV_TLS_CERTIFICATE_REJECTED): .certificateRejected
        case Int(GV_TLS_NO_CERTIFICATE): .certificateMissing
        case Int(GV_TLS_NO_COMMON_PROTOCOL): .noCommonProtocol
        case Int(GV_TLS_NO_COMMON_VERSION): .noCommonVersion
        case Int(GV_TLS_NO_COMMON_CIPHER): .noCommonCipher
        case Int(GV_TLS_TRUNCATED): .truncated
        case Int(GV_TLS_NOT_TLS): .notTLS
        case Int(GV_TLS_BAD_RECORD): .badRecord
        case Int(GV_TLS_PEER_ALERT): .peerAlert
        case Int(GV_TLS_KEY_MISMATCH): .keyMismatch
        default: nil
        }
    }
}
