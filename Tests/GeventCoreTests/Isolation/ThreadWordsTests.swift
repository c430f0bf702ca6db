// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventTestSupport
import Testing

/// Lets the other greenlets of a probe run, from within C.
private func waitInC(_ context: UnsafeMutableRawPointer?) {
    // Nobody strikes these greenlets, and an error could not pass through C anyway.
    for _ in 0..<3 { try? sleep(.zero) }
}

@Suite struct ThreadWordsTests {
    @Test func `rethrows each greenlet's own C++ exception`() throws {
        let caught = try onHub {
            try (1...5).map { number in
                spawn { unsafe gv_probe_rethrow(Int32(number), waitInC, nil) }
            }.map { try $0.get() }
        }

        #expect(caught == [1, 2, 3, 4, 5])
    }

    @Test func `rethrows in another order than was caught`() throws {
        let caught = try onHub {
            try [3, 1, 2].map { number in
                spawn {
                    unsafe gv_probe_rethrow(
                        Int32(number),
                        { try? sleep(.milliseconds(unsafe $0?.load(as: Int32.self) ?? 0)) },
                        Argument(Int32(number)).pointer)
                }
            }.map { try $0.get() }
        }

        #expect(caught == [3, 1, 2])
    }

    @Test func `keeps errno`() throws {
        let numbers = try onHub {
            try (1...5).map { number in
                spawn { unsafe gv_probe_errno(Int32(number), waitInC, nil) }
            }.map { try $0.get() }
        }

        #expect(numbers == [1, 2, 3, 4, 5])
    }

    @Test func `keeps the rounding mode, and lets no other greenlet see it`() throws {
        let outcome = try onHub {
            var isSeen = false
            let rounding = spawn { unsafe gv_probe_rounding(waitInC, nil) == 1 }
            let others = (0..<3).map { _ in
                spawn {
                    for _ in 0..<3 {
                        if gv_probe_rounds_to_nearest() == 0 { isSeen = true }
                        try sleep(.zero)
                    }
                }
            }
            try joinAll(others)
            return [try rounding.get(), isSeen, gv_probe_rounds_to_nearest() == 1]
        }

        #expect(outcome == [true, false, true])
    }

    @Test func `says that all of it is a greenlet's own on this runtime`() throws {
        let text = try onHub { "\(Hub.current.capabilities)" }

        #expect(text == "exclusivity, task locals, C++ exceptions, overlap check")
    }
}

/// A number that C can be given, for as long as the test runs.
@safe private struct Argument {
    let pointer: UnsafeMutableRawPointer

    init(_ number: Int32) {
        unsafe pointer = UnsafeMutableRawPointer.allocate(byteCount: 4, alignment: 4)
        unsafe pointer.storeBytes(of: number, as: Int32.self)
    }
}
