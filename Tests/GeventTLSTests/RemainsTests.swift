// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventTLS
import GeventTestSupport
import Testing

@Suite struct RemainsTests {
    // In a process of its own: other tests open and close what is counted here.
    @Test(.tags(.slow)) func `handshakes leave nothing behind`() async {
        await #expect(processExitsWith: .success) {
            try onHub {
                let authority = Authority()
                let client = try TLSContext(authority.client())
                let server = try TLSContext(authority.server())
                let stranger = try TLSContext(Authority("Another One").client())
                func round() throws {
                    let pair = try StreamPair(client: client, server: server)
                    try pair.client.write("x")
                    _ = try pair.server.readExactly(1)
                    pair.close()
                    let refused = try StreamPair(client: stranger, server: server, shakes: false)
                    let other = spawn { _ = errorOf { try refused.server.handshake() } }
                    _ = errorOf { try refused.client.handshake() }
                    try other.get()
                    refused.close()
                }
                for _ in 0..<50 { try round() }
                let before = Holdings.current
                for _ in 0..<(soaks ? 5000 : 150) { try round() }
                let after = Holdings.current
                // A connection that stayed would be a descriptor and 40 KB: 600 of them 24 MB.
                let descriptors = after.descriptors - before.descriptors
                let bytes = after.bytes - before.bytes
                if descriptors != 0 || bytes > 3_000_000 {
                    fatalError("\(descriptors) descriptors and \(bytes) bytes more")
                }
            }
        }
    }
}
