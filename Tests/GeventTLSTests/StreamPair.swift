// SPDX-License-Identifier: Apache-2.0
import CGeventTLS
import CGeventTLSTestProbes
import GeventCore
import GeventNet
import GeventTLS
import GeventTestSupport

/// Two TCP streams that are connected over the loopback interface.
struct Wires {
    let client: TCPStream
    let server: TCPStream

    init() throws {
        let listener = try TCPListener(host: "127.0.0.1", port: 0)
        defer { listener.close() }
        client = try TCPStream(to: listener.address)
        server = try listener.accept()
    }
}

/// Two TLS streams over TCP, after their handshake unless it is said otherwise.
struct StreamPair {
    let client: TLSStream
    let server: TLSStream

    /// What is below them.
    let wires: Wires

    init(
        client: TLSContext, server: TLSContext, session: TLSSession? = nil, shakes: Bool = true
    ) throws {
        wires = try Wires()
        self.client = try TLSStream(
            client: wires.client, host: "server.test", context: client, session: session)
        self.server = try TLSStream(server: wires.server, context: server)
        if shakes { try shake() }
    }

    /// With an authority of its own, and no version after `version`.
    init(shakes: Bool = true, version: TLSVersion = .tls13) throws {
        let authority = Authority()
        let server = try TLSContext(authority.server())
        if version == .tls12 { unsafe gv_tls_test_speak_1_2(server.handle.pointee.handle) }
        try self.init(client: TLSContext(authority.client()), server: server, shakes: shakes)
    }

    /// Does the handshake at both ends.
    func shake() throws {
        let other = spawn { try server.handshake() }
        try client.handshake()
        try other.get()
    }

    /// Ends both.
    func close() {
        client.close()
        server.close()
    }
}

/// What `body` throws; `nil` if it does not.
func errorOf(_ body: () throws -> Void) -> (any Error)? {
    do { try body() } catch { return error }
    return nil
}

/// The code of what `body` throws; `nil` if it throws nothing, or something else.
func codeOf(_ body: () throws -> Void) -> TLSError.Code? {
    (errorOf(body) as? TLSError)?.code
}

/// Lets others run until `greenlet` waits for what `reason` names.
func untilParked(_ greenlet: AnyGreenlet, in reason: String) throws {
    while !greenlet.isReady && !greenlet.waitReason.hasPrefix(reason) { try sleep(.zero) }
}

/// Bytes that tell where they stand.
func pattern(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}
