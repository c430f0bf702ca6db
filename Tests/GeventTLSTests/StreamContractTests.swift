// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventTLS
import GeventTesting
import Testing

@Suite struct StreamContractTests {
    @Test(arguments: StreamContract.Clause.allCases, StreamContract.encrypted)
    func `keeps the contract of streams`(clause: StreamContract.Clause, kind: StreamContract) throws
    {
        try kind.check(clause)
    }
}

extension StreamContract {
    /// The kinds of this layer.
    fileprivate static let encrypted = [
        StreamContract("TLS over TCP") {
            let ends = try StreamPair()
            return Ends(ends.client, ends.server)
        },
        StreamContract("TLS 1.2 over TCP, at the server's end") {
            let ends = try StreamPair(version: .tls12)
            return Ends(ends.server, ends.client)
        },
        StreamContract("TLS over Unix") {
            let (near, far) = try UnixStream.pair()
            return try shaken(near, far)
        },
        StreamContract("TLS over memory") {
            let (near, far) = MemoryStream.pair()
            return try shaken(near, far)
        },
    ]

    /// Two ends of TLS after their handshake.
    private static func shaken(_ near: any ByteStream, _ far: any ByteStream) throws -> Ends {
        let authority = Authority()
        let client = try TLSStream(
            client: near, host: "server.test", context: TLSContext(authority.client()))
        let server = try TLSStream(server: far, context: TLSContext(authority.server()))
        let other = spawn { try server.handshake() }
        try client.handshake()
        try other.get()
        return Ends(client, server)
    }
}
