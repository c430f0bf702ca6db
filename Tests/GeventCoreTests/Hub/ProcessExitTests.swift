// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

@Suite struct ProcessExitTests {
    @Test func `leaves parked greenlets where they are, and runs none of their clean-up`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            try onHub(.inOrder) {
                for wait: @Sendable () throws -> Void in [
                    { try sleep(.seconds(60)) }, { try idleForEver() }, { try idle() },
                ] {
                    spawn {
                        defer { StandardError.write("cleaned up\n") }
                        StandardError.write("parked\n")
                        try wait()
                    }
                }
                try sleep(.zero)
                exit(EXIT_SUCCESS)
            }
        }

        #expect(result.errorText == "parked\nparked\nparked\n")
    }

    @Test func `does not wait for greenlets that are ready to run`() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent])
        {
            try onHub {
                spawn { StandardError.write("never run\n") }
                spawn(after: .zero) { StandardError.write("never run\n") }
                StandardError.write("exits\n")
                exit(EXIT_SUCCESS)
            }
        }

        #expect(result.errorText == "exits\n")
    }

    @Test func `ends the process from within a greenlet`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            try onHub {
                spawn { exit(7) }
                try sleep(.seconds(60))
            }
        }
    }
}
