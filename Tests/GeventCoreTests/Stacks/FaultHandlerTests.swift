// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventTestSupport
import Testing

@Suite struct FaultHandlerTests {
    @Test(arguments: [Int32(0), 1])
    func `calls the handler of before after the report of an overflow`(described: Int32) async {
        let result = await #expect(
            processExitsWith: .exitCode(3), observing: [\.standardErrorContent]
        ) { [described] in
            gv_probe_catch_faults(described)
            try onHub { _ = try spawn { gv_probe_use_stack(1 << 30) }.get() }
        }

        let lines = result.errorText.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("gevent: stack overflow in greenlet #") == true)
        #expect(lines.last == "the handler of before")
    }

    @Test(arguments: [Int32(0), 1])
    func `leaves faults that are no overflows to the handler of before`(described: Int32) async {
        let result = await #expect(
            processExitsWith: .exitCode(3), observing: [\.standardErrorContent]
        ) { [described] in
            gv_probe_catch_faults(described)
            try onHub {
                try spawn { unsafe UnsafeMutablePointer<UInt64>(bitPattern: 64)?.pointee = 1 }.get()
            }
        }

        #expect(result.errorText == "the handler of before\n")
    }

    @Test func `leaves faults on a thread without a hub to the handler of before`() async {
        let result = await #expect(
            processExitsWith: .exitCode(3), observing: [\.standardErrorContent]
        ) {
            gv_probe_catch_faults(1)
            _ = try onHub { try spawn {}.join() }
            try onThread { unsafe UnsafeMutablePointer<UInt64>(bitPattern: 64)?.pointee = 1 }
        }

        #expect(result.errorText == "the handler of before\n")
    }
}
