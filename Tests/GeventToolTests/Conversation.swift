// SPDX-License-Identifier: Apache-2.0
import Gevent
import GeventTestSupport

@testable import GeventTool

/// A server that says what it is told to say, whatever it is asked.
struct Conversation {
    /// What a download of `answers`, the second one after a redirect and so on, comes to.
    static func download(_ answers: String...) throws -> Result<String, any Error> {
        try onHub {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            spawn {
                for answer in answers {
                    let stream = try listener.accept()
                    while let line = try stream.readLine(), !line.isEmpty {}
                    try stream.write(answer)
                    stream.close()
                }
            }
            let address = try HTTPAddress("http://127.0.0.1:\(listener.port)/a?b=c")
            return Result { try body(of: address) }
        }
    }

    private static func body(of address: HTTPAddress) throws -> String {
        var exchange = try HTTPExchange.following(address, silence: .seconds(10))
        var bytes: [UInt8] = []
        while let piece = try exchange.next() { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Result {
    /// The error, if there is one.
    var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
