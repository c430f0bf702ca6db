// SPDX-License-Identifier: Apache-2.0
import GeventSystem
import GeventTLS

/// A client and a server that talk over memory.
struct EnginePair {
    let client: TLSEngine
    let server: TLSEngine

    init(
        client: TLSConfiguration, server: TLSConfiguration, host: String = "server.test"
    ) throws {
        self.client = try TLSEngine(client: TLSContext(client), host: host)
        self.server = try TLSEngine(server: TLSContext(server))
    }

    init(client: TLSEngine, server: TLSEngine) {
        self.client = client
        self.server = server
    }

    /// Does the handshake.
    func shake() throws {
        let error = outcome()
        if let error { throw error }
    }

    /// Does the handshake and says who refused, and why.
    func outcome() -> HandshakeError? {
        for _ in 0..<10 {
            let states = [step(client, server, "client"), step(server, client, "server")]
            if let refusal = states.compactMap(\.error).first { return refusal }
            if states.allSatisfy(\.isDone) { return nil }
        }
        return HandshakeError(side: "nobody", error: TLSError(.handshakeFailed, reason: "no end"))
    }

    private struct State {
        var isDone = false
        var error: HandshakeError?
    }

    private func step(_ engine: TLSEngine, _ other: TLSEngine, _ side: String) -> State {
        do {
            var step = try engine.handshake()
            if step == .wantsIdentity {
                try engine.use(nil)
                step = try engine.handshake()
            }
            try other.feed(engine.takeOutput(by: ReceiveRoom()))
            return State(isDone: step == .done)
        } catch let error as TLSError {
            return State(error: HandshakeError(side: side, error: error))
        } catch {
            return State(
                error: HandshakeError(
                    side: side, error: TLSError(.handshakeFailed, reason: "\(error)")))
        }
    }

    /// Writes at one end and reads at the other.
    func carry(_ text: String, from sender: TLSEngine, to receiver: TLSEngine) throws -> String {
        let bytes = Array(text.utf8)
        // SAFETY: bytes have no padding that could be uninitialised.
        _ = try sender.write(unsafe bytes.span.bytes)
        try receiver.feed(sender.takeOutput(by: ReceiveRoom()))
        return String(
            decoding: try receiver.read(upTo: 16_384, by: ReceiveRoom()).bytes, as: UTF8.self)
    }
}

/// A side that gave up.
struct HandshakeError: Error {
    let side: String
    let error: TLSError
}
