// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventSystem
import GeventTestSupport
import Testing

// In a child process each that uses a stack to its end: one that is too small ends the process.
@Suite struct StackSizeTests {
    @Test func `is 256 KiB unless asked`() async {
        if isSanitized { return }  // Whose frames are larger.

        await #expect(processExitsWith: .success) {
            let sum = try onHub { try spawn { gv_probe_use_stack(230 * 1024) }.get() }

            #expect(sum > 0)
        }
    }

    @Test(arguments: [1, 100_000, 1 << 20, 64 << 20])
    func `is as large as is asked, and at least 64 KiB`(byteCount: Int) async {
        if isSanitized { return }  // Whose frames are larger.

        await #expect(processExitsWith: .success) { [byteCount] in
            let used = max(byteCount, 64 * 1024) - 32 * 1024
            let sums = try onHub {
                let now = spawn(stackSize: byteCount) { gv_probe_use_stack(used) }
                let later = spawn(after: .zero, stackSize: byteCount) { gv_probe_use_stack(used) }
                return [try now.get(), try later.get()]
            }

            #expect(sums[0] > 0 && sums[1] > 0)
        }
    }

    @Test(arguments: [0, -1, Int.min])
    func `is the usual one if none is asked for`(byteCount: Int) async {
        if isSanitized { return }  // Whose frames are larger.

        await #expect(processExitsWith: .success) { [byteCount] in
            let sum = try onHub {
                try spawn(stackSize: byteCount) { gv_probe_use_stack(230 * 1024) }.get()
            }

            #expect(sum > 0)
        }
    }

    @Test(arguments: [Int(UInt32.max), Int(UInt32.max) + 1, .max])
    func `ends at 4 GiB, of which nothing is memory before it is used`(byteCount: Int) async {
        await #expect(processExitsWith: .success) { [byteCount] in
            let (before, during, after) = try onHub {
                let before = Usage.present
                let greenlet = spawn(stackSize: byteCount) {
                    _ = gv_probe_use_stack(1 << 20)
                    return Usage.present
                }
                let during = try greenlet.get()
                try sleep(.milliseconds(1))
                return (before, during, Usage.present)
            }

            #expect(during.beyond(before).addressSpace > 4 << 30)
            #expect(during.beyond(before).resident < 16 << 20)
            #expect(after.beyond(before).addressSpace < 1 << 30)
        }
    }

    @Test func `may differ among greenlets that take turns`() throws {
        let sums = try onHub {
            let all = (0..<100).map { number in
                spawn(stackSize: number % 3 == 0 ? nil : (64 << 10) * (1 + number % 5)) {
                    var sum = 0
                    for _ in 0..<3 {
                        sum += number
                        try sleep(.zero)
                    }
                    return sum
                }
            }
            return try all.map { try $0.get() }
        }

        #expect(sums == (0..<100).map { 3 * $0 })
    }
}
