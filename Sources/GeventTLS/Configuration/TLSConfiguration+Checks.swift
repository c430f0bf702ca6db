// SPDX-License-Identifier: Apache-2.0
internal import CGeventTLS

extension TLSConfiguration {
    /// Throws unless a context can be made from it.
    func check() throws {
        for name in applicationProtocols where !(1...255).contains(name.utf8.count) {
            throw Self.refusal("the application protocol \"\(name)\" has to have 1 to 255 bytes")
        }
        if protocolList.count > 65_535 {
            throw Self.refusal("the application protocols are too long together")
        }
        if isServer && clientCertificates != .notAsked && trust.isEmpty {
            throw Self.refusal("a server that asks for certificates has to trust somebody")
        }
        if isServer && verification != .full {
            throw Self.refusal("a server verifies by clientCertificates, not by verification")
        }
        if !isServer && clientCertificates != .notAsked {
            throw Self.refusal("a client verifies by verification, not by clientCertificates")
        }
        if !isServer && (!namedIdentities.isEmpty || identityChoice != nil) {
            throw Self.refusal("only a server chooses its certificate by name")
        }
        if isServer && identity == nil {
            throw Self.refusal("a server has to have an identity")
        }
    }

    /// The application protocols as they are sent, each behind its length.
    var protocolList: [UInt8] {
        applicationProtocols.flatMap { [UInt8(truncatingIfNeeded: $0.utf8.count)] + $0.utf8 }
    }

    /// What the peer's certificate is held to.
    var strictness: Int {
        guard isServer else {
            return Int(verification == .insecureNone ? GV_TLS_VERIFY_NOTHING : GV_TLS_VERIFY)
        }
        switch clientCertificates {
        case .notAsked: return Int(GV_TLS_VERIFY_NOTHING)
        case .requested: return Int(GV_TLS_VERIFY_IF_GIVEN)
        case .required: return Int(GV_TLS_VERIFY)
        }
    }

    private static func refusal(_ reason: String) -> TLSError {
        TLSError(.invalidConfiguration, reason: reason)
    }
}
