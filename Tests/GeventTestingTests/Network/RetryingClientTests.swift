// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTesting
import Testing

/// Asks again until it is answered, as whoever uses datagrams has to.
private struct RetryingClient {
    let socket: FakeDatagramSocket
    let server: SocketAddress
    var tries = 0

    mutating func ask(_ number: UInt8) throws -> UInt8 {
        socket.timeout = .seconds(60)
        while true {
            tries += 1
            try socket.send([number], to: server)
            do {
                // An answer to an earlier try may be late, or come twice.
                while true {
                    let answer = try socket.receive().bytes
                    if answer[0] == number { return answer[1] }
                }
            } catch is SocketTimeoutError where tries < 100 {
                continue
            }
        }
    }
}

@Suite struct RetryingClientTests {
    private struct Outcome: Equatable, Sendable {
        var squares: [UInt8] = []
        var tries = 0
        var trace: [FakeEvent] = []
    }

    private func run(seed: UInt64) throws -> Outcome {
        try TestHub(order: .seeded(seed)).run {
            // On a real clock it would take half an hour.
            let link = FakeLink(
                latency: .seconds(20), jitter: .seconds(5), loss: 0.3, duplication: 0.2)
            let network = FakeNetwork(seed: seed, link: link)
            let socket = try network.host("server").datagramSocket(port: 7)
            let server = spawn {
                while true {
                    let question = try socket.receive()
                    guard let number = question.bytes.first, let sender = question.sender else {
                        continue
                    }
                    try socket.send([number, number * number], to: sender)
                }
            }
            var client = RetryingClient(
                socket: try network.host("client").datagramSocket(), server: socket.address)
            var outcome = Outcome()
            for number in 1...8 as ClosedRange<UInt8> {
                outcome.squares.append(try client.ask(number))
            }
            try server.kill()
            outcome.tries = client.tries
            outcome.trace = network.trace
            return outcome
        }
    }

    @Test func `gets its answers over a network that loses and repeats`() throws {
        let outcome = try run(seed: 11)

        #expect(outcome.squares == [1, 4, 9, 16, 25, 36, 49, 64])
        #expect(outcome.tries > 8)
        #expect(outcome.trace.contains { $0.text.hasSuffix("lost") })
    }

    @Test func `is the same story for the same seed, and another for another`() throws {
        let story = try run(seed: 11)

        #expect(try run(seed: 11) == story)
        #expect(try run(seed: 12).trace != story.trace)
    }
}
