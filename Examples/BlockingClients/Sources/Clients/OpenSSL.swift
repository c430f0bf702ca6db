// SPDX-License-Identifier: Apache-2.0
import COpenSSL
import Gevent
import Glibc

/// 50 connections with OpenSSL on plain sockets, to a server that answers after 0.2 s.
func openssl(_ port: UInt16, authorities: String, count: Int) throws {
    guard let context = SSL_CTX_new(TLS_client_method()) else { throw Failure(sslError()) }
    defer { SSL_CTX_free(context) }
    try check(SSL_CTX_load_verify_locations(context, authorities, nil) == 1, sslError())
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
    let took = try together(count) { number in
        let socket = try plainSocket(port: port)
        defer { close(socket) }
        guard let connection = SSL_new(context) else { throw Failure(sslError()) }
        defer { SSL_free(connection) }
        _ = ssl_set_server_name(connection, "localhost")
        try check(SSL_set1_host(connection, "localhost") == 1, sslError())
        try check(SSL_set_fd(connection, socket) == 1, sslError())
        try check(SSL_connect(connection) == 1, "SSL_connect: \(sslError())")
        let request = "GET /page/\(number) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        let sent = SSL_write(connection, request, Int32(request.utf8.count))
        try check(sent == request.utf8.count, "SSL_write: \(sslError())")
        let answer = readAll(connection)
        try check(
            answer.hasPrefix("HTTP/1.1 200") && answer.hasSuffix("\r\n\r\n/page/\(number)"),
            "page \(number): '\(answer)'")
        SSL_shutdown(connection)
    }
    try check(took < 2, "\(count) requests of 0.2 s took \(rounded(took)) s")
    print("\(count) requests of 0.2 s in \(rounded(took)) s")
}

private func readAll(_ connection: OpaquePointer) -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = SSL_read(connection, &chunk, Int32(chunk.count))
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += chunk.prefix(Int(count))
    }
}

private func sslError() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(ERR_get_error(), &buffer, buffer.count)
    return text(buffer)
}
