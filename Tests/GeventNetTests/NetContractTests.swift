// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTesting
import Testing

@Suite struct NetContractTests {
    @Test(arguments: WaitContract.Clause.allCases, WaitContract.sockets)
    func `keeps the contract of all waits`(clause: WaitContract.Clause, contract: WaitContract)
        throws
    {
        try contract.check(clause)
    }

    // In a process of their own, as they take all the threads that look up names.
    @Test func `keeps the contract of all waits while names are looked up`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            for contract in WaitContract.lookups {
                for clause in WaitContract.Clause.allCases {
                    if let error = errorOf({ try contract.check(clause) }) {
                        StandardError.write("\(error)\n")
                    }
                }
            }
        }

        #expect(result.errorText == "")
    }
}

extension WaitContract {
    fileprivate static let sockets: [WaitContract] = [
        WaitContract("read", throwing: isTimeout(of: "read"), waitsForEver: false) {
            let ends = try Connected()
            return Attempt { limit in
                ends.client.timeout = limit
                return try !ends.client.read().isEmpty || ends.server.isClosed
            }
        },
        WaitContract("write", throwing: isTimeout(of: "write"), waitsForEver: false) {
            let ends = try Connected()
            return Attempt { limit in
                ends.client.timeout = limit
                try ends.client.write(flood)
                return !ends.server.isClosed
            }
        },
        WaitContract("accept", throwing: isTimeout(of: "accept"), waitsForEver: false) {
            let listener = try TCPListener(host: "127.0.0.1", port: 0)
            return Attempt { limit in
                listener.timeout = limit
                try listener.accept().close()
                return true
            }
        },
        // Each has a socket of its own to wait for.
        WaitContract("connect", throwing: isTimeout(of: "connect"), waitsForEver: false) {
            let silent = try SilentHost()
            return Attempt(waiterCount: { Scheduler.current.outsideWaits }) {
                try TCPStream(to: silent.address, timeout: $0).close()
                return true
            }
        },
        WaitContract("connect to a host", throwing: isTimeout(of: "connect"), waitsForEver: false) {
            let silent = try SilentHost()
            return Attempt(waiterCount: { Scheduler.current.outsideWaits }) {
                let port = silent.address.port ?? 0
                try connect(host: "127.0.0.1", port: port, timeout: $0).close()
                return true
            }
        },
    ]

    fileprivate static let lookups: [WaitContract] = [
        // It has no limit of its own.
        WaitContract("lookup", throwing: { $0 is Late }, waitsForEver: false) {
            let resolver = try BusyResolver()
            return Attempt(
                waiterCount: { Scheduler.current.outsideWaits }, finish: { resolver.release() }
            ) { limit in
                guard !Hub.current.isInCallback else { return try !lookup("localhost").isEmpty }
                return try withTimeout(limit, throwing: Late()) {
                    try !lookup("localhost").isEmpty
                }
            }
        },
        WaitContract("connect by name", throwing: isTimeout(of: "connect"), waitsForEver: false) {
            let resolver = try BusyResolver()
            return Attempt(
                waiterCount: { Scheduler.current.outsideWaits }, finish: { resolver.release() }
            ) {
                try connect(host: "localhost", port: 1, timeout: $0).close()
                return true
            }
        },
    ]

    private static func isTimeout(of operation: String) -> @Sendable (any Error) -> Bool {
        { ($0 as? SocketTimeoutError)?.operation == operation }
    }
}

/// Too late, by a limit that was set around a look-up.
private struct Late: Error {}
