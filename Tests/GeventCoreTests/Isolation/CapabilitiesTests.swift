// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventFiber
import GeventTestSupport
import Testing

private enum Request {
    @TaskLocal static var number = 0
}

@Suite struct CapabilitiesTests {
    // Without a thread to look on, nothing is found, as on a runtime that nobody knows.
    @Test func `may all be missing: greenlets run, and share what cannot be kept apart`() async {
        if isSanitized { return }  // Who have reserved terabytes.

        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let limit = UInt64(Usage.present.addressSpace + 1 << 20)
            #expect(gv_probe_limit_address_space(limit) == 0)
            let found = Isolation.present
            #expect(gv_probe_limit_address_space(.max) == 0)
            let (text, order, sums) = try onHub(.inOrder) {
                var order: [Int] = []
                let greenlets = (0..<3).map { number in
                    spawn {
                        for _ in 0..<3 {
                            order.append(number)
                            try sleep(.zero)
                        }
                        return number + Request.number
                    }
                }
                let sums = try greenlets.map { try $0.get() }
                return ("\(Hub.current.capabilities)", order, sums)
            }

            #expect(text == "\(found)")
            #expect(!found.exclusivity && !found.taskLocals && !found.cxxExceptions)
            #expect(order == [0, 1, 2, 0, 1, 2, 0, 1, 2])
            #expect(sums == [0, 1, 2])
        }

        let beginning = "gevent: this runtime keeps greenlets apart in part only: no exclusivity, "
        #expect(result.errorText.hasPrefix(beginning))
        #expect(result.errorText.split(separator: "\n").count == 1)
    }
}
