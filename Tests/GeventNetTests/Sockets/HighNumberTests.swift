// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventNet
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

@Suite struct HighNumberTests {
    @Test func `uses numbers that select(2) has no place for`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            // Above FD_SETSIZE, and above what 16 bits hold.
            for number: Int32 in [1_500, 66_000] where allowDescriptors(rlim_t(number) + 100) {
                inChild { try HighNumberTests.use(number) }
            }
        }

        #expect(result.errorText == "")
    }

    private static func use(_ wanted: Int32) throws {
        let ends = try Connected()
        let low = OwnedDescriptor(owning: try ends.server.detach().release())
        let number = fcntl(low.number, F_DUPFD_CLOEXEC, wanted)
        try claim(number >= wanted, "fcntl gave \(number)")
        let stream = try TCPStream(attaching: DetachedSocket(adopting: number))
        let echo = spawn {
            while let line = try stream.readLine() { try stream.write(line + "\n") }
        }
        try untilParked(echo, in: "read")
        try ends.client.write("there and back\n")
        let answer = try withTimeout(.seconds(60)) { try ends.client.readLine() }
        try claim(answer == "there and back", "\(number): it read \(answer as Any)")

        let isWritable = try select(write: [number], timeout: .seconds(60)).write == [number]
        try claim(isWritable, "\(number): select does not find it")
        try waitWritable(number, timeout: .seconds(60))
        let poll = Poll()
        poll.register(number, for: .writable)
        let polled = try poll.poll(timeout: .seconds(60))
        try claim(polled == [number: .writable], "\(number): poll finds \(polled)")
        let selector = try Selector()
        try selector.register(number, for: .write)
        let selected = try selector.select(timeout: .seconds(60)).map(\.number)
        try claim(selected == [number], "\(number): the selector finds \(selected)")
        try ends.client.shutdownWrite()
        try echo.get(timeout: .seconds(60))
    }
}
