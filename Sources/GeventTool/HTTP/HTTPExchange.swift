// SPDX-License-Identifier: Apache-2.0
import Gevent

/// One `GET` over a connection of its own.
struct HTTPExchange {
    private let stream: TCPStream
    private var body: ResponseBody<TCPStream>
    /// The answer without its body.
    let head: ResponseHead

    /// Connects, asks, and reads the head of the answer.
    ///
    /// > Suspends: Always.
    ///
    /// - Parameters:
    ///   - address: What to ask for.
    ///   - silence: How long the server may keep silent.
    /// - Throws: ``HTTPError``, and what the network throws.
    init(_ address: HTTPAddress, silence: Duration?) throws {
        stream = try TCPStream(host: address.host, port: address.port, timeout: silence)
        stream.timeout = silence
        try stream.write(
            """
            GET \(address.target) HTTP/1.1\r
            Host: \(address.authority)\r
            User-Agent: swift-gevent\r
            Accept: */*\r
            Connection: close\r
            \r\n
            """)
        head = try ResponseHead(from: stream)
        body = ResponseBody(on: stream, head.framing)
    }

    /// Asks for `address`, and for wherever its redirects lead.
    ///
    /// > Suspends: Always.
    ///
    /// - Throws: ``HTTPError``, also for an answer that is no success; what the network throws.
    static func following(
        _ address: HTTPAddress, silence: Duration?, redirects limit: Int = 5
    ) throws -> HTTPExchange {
        var address = address
        for _ in 0...limit {
            let exchange = try HTTPExchange(address, silence: silence)
            let head = exchange.head
            if (200..<300).contains(head.status) { return exchange }
            exchange.close()
            guard [301, 302, 303, 307, 308].contains(head.status), let location = head.location
            else { throw HTTPError.status(head.status, head.reason) }
            address = try HTTPAddress(location, relativeTo: address)
        }
        throw HTTPError.tooManyRedirects(limit)
    }

    /// The next bytes of the answer; `nil` at the end.
    ///
    /// > Suspends: When nothing has arrived.
    mutating func next() throws -> [UInt8]? { try body.next() }

    /// Ends the connection.
    func close() { stream.close() }
}
