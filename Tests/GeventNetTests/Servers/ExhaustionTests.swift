// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSync
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

@Suite struct ExhaustionTests {
    // A process of its own: the limit holds for all of it.
    @Test(.tags(.slow)) func `rests while no descriptor is free, and resumes`() async {
        // ThreadSanitizer has descriptors of its own, so the count below is never reached.
        if Environment.value("GEVENT_SANITIZER") == "thread" { return }

        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            try onHub { try ExhaustionTests.exhaust() }
        }
        let lines = result.errorText.split(separator: "\n").filter { $0.contains("rests for") }

        #expect(!lines.isEmpty && lines.count <= 4, "\(result.errorText)")
        #expect(lines.first?.contains("EMFILE") == true)
        #expect(lines.first?.contains("RLIMIT_NOFILE is") == true)
    }

    /// Connects more clients than there are descriptors for, all of whom are served in the end.
    private static func exhaust() throws {
        let server = try StreamServer("127.0.0.1:0", backlog: 256) { stream, _ in
            try stream.write("served\n")
            _ = try stream.read(upTo: 1)
        }
        try server.start()
        var clients: [TCPStream] = []
        for _ in 0..<40 { clients.append(try TCPStream(to: .loopback(port: server.port))) }
        try server.untilServing(40)
        // The sockets of forty more clients, and five at the server's end; fewer if the runtime opens
        // something of its own meanwhile.
        guard leaveDescriptors(45) else { exit(7) }
        try server.stopAccepting()
        for _ in 0..<40 { clients.append(try TCPStream(to: .loopback(port: server.port))) }
        try server.startAccepting()
        while server.connectionCount < 41 { try sleep(.milliseconds(1)) }
        let before = processorTime()
        try sleep(.milliseconds(1500))
        let spent = processorTime() - before
        guard (41...45).contains(server.connectionCount) else { exit(3) }
        // Level-triggered without rests it would be all of the 1500.
        guard spent < .milliseconds(150) else { exit(4) }
        for client in clients[..<40] { client.close() }
        for client in clients[40...] {
            client.timeout = .seconds(30)
            guard try client.readLine() == "served" else { exit(5) }
            client.close()
        }
        guard try server.stop() else { exit(6) }
    }

    private static func processorTime() -> Duration {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
