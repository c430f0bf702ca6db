// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventTLS
import GeventTesting
import Testing

@Suite struct ServerContractTests {
    @Test(arguments: ServerContract.Clause.allCases)
    func `keeps the contract of servers`(clause: ServerContract.Clause) throws {
        let contract = ServerContract("StreamServer over TLS") { service in
            let authority = Authority()
            let client = try TLSContext(authority.client())
            let server = try StreamServer(
                "127.0.0.1:0", tls: TLSContext(authority.server()), maxConnections: service.limit
            ) { stream, _ in try service.serve(stream) }
            return ServerContract.Subject(server) {
                let wire = try connect(host: "127.0.0.1", port: server.port)
                return try TLSStream(client: wire, host: "server.test", context: client)
            }
        }

        try contract.check(clause)
    }
}
