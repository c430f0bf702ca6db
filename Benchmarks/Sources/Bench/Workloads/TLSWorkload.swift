// SPDX-License-Identifier: Apache-2.0
internal import CBenchLimits
internal import Foundation
internal import Gevent
internal import GeventTLS

/// TLS handshakes of both sides in one thread, over pairs of sockets: 1.3, a P-256 certificate, the
/// client verifies.
///
/// The limit passes the same handshake through memory, without sockets.
enum TLSWorkload: Workload {
    static let name = "tls"
    static let metrics = [Metric(name: "handshake"), Metric(name: "resumed")]
    private static let count = 1000

    static func measure() throws -> [Double] {
        let files = try CertificateFiles()
        let identity = try TLSIdentity(
            certificates: [UInt8](Data(contentsOf: files.certificate)),
            key: [UInt8](Data(contentsOf: files.key)))
        let server = try TLSContext(.server(identity: identity))
        let client = try TLSContext(.client(trust: [.file(files.certificate.path)]))
        for _ in 0..<100 { _ = try shake(client, server, nil) }
        let full = try nanosecondsEach(count) {
            for _ in 0..<count { _ = try shake(client, server, nil) }
        }
        var session = try shake(client, server, nil)
        let resumed = try nanosecondsEach(count) {
            for _ in 0..<count { session = try shake(client, server, session) }
        }
        return [full, resumed]
    }

    static func measureLimit() -> [Double] {
        guard let files = try? CertificateFiles() else { return [0, 0] }
        let full = unsafe limit_tls_handshake(files.certificate.path, files.key.path, count)
        return [full, full]
    }

    private static func shake(
        _ client: TLSContext, _ server: TLSContext, _ session: TLSSession?
    ) throws -> TLSSession? {
        let (near, far) = try UnixStream.pair()
        let answering = spawn {
            let stream = try TLSStream(server: far, context: server)
            try stream.handshake()
            try stream.write("x")
            stream.close()
        }
        let stream = try TLSStream(
            client: near, host: "localhost", context: client, session: session)
        try stream.handshake()
        // The session comes with the first bytes.
        _ = try stream.readExactly(1)
        precondition(session == nil || stream.isSessionReused, "a session was not resumed")
        stream.close()
        try answering.get()
        return stream.session
    }
}

/// A certificate for `localhost` and its key, in a folder that stays until the process ends.
private struct CertificateFiles {
    let certificate: URL
    let key: URL

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("gevent-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appendingPathComponent("certificate.pem")
        key = folder.appendingPathComponent("key.pem")
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", key.path, "-out", certificate.path,
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
    }
}
