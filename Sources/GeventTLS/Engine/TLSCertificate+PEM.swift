// SPDX-License-Identifier: Apache-2.0

extension TLSCertificate {
    /// The certificate in PEM, as ``TLSTrust/pem(_:)-(String)`` and other programs take it.
    ///
    /// gevent: `ssl.DER_cert_to_PEM_cert`.
    public var pem: String {
        let text = Base64.encode(bytes)
        var lines = ["-----BEGIN CERTIFICATE-----"]
        for start in stride(from: 0, to: text.count, by: 64) {
            let line = text[start..<min(start + 64, text.count)]
            lines.append(String(decoding: line, as: UTF8.self))
        }
        lines.append("-----END CERTIFICATE-----\n")
        return lines.joined(separator: "\n")
    }
}

/// Bytes as letters (RFC 4648, 4).
enum Base64 {
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The letters for `bytes`, filled up with `=` to a multiple of four.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                let letter = letters[bits >> (18 - 6 * place) & 63]
                text.append(place <= group.count ? letter : UInt8(ascii: "="))
            }
        }
        return text
    }
}
