// SPDX-License-Identifier: Apache-2.0
import CGeventMonkeyTestProbes
import CGeventPatch
import GeventCore
import GeventTestSupport
import Glibc
import Testing

/// A stand-in that ends what a number means.
enum Closing: CaseIterable {
    case close, dup2, dup3, closeRange

    func end(_ number: Int32) -> Int32 {
        let other = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer { Glibc.close(other) }
        switch self {
        case .close: return gv_call_close(number)
        case .dup2: return gv_call_dup2(other, number) - number
        case .dup3: return gv_call_dup3(other, number, O_CLOEXEC) - number
        case .closeRange: return gv_call_close_range(UInt32(number), UInt32(number), 0)
        }
    }
}

@Suite struct ClosingTests {
    @Test(arguments: Closing.allCases)
    func `tells who waits for the number`(closing: Closing) throws {
        let (outcome, told) = try onPatchedHub(.realTime) {
            let gate = Gate()
            defer { gate.close() }
            let number = dup(gate.reader)
            defer { close(number) }
            let waiter = spawn { gv_probe_wait(number) }
            try idle()
            let outcome = CallOutcome { closing.end(number) }
            return (outcome, try waiter.get())
        }

        #expect(outcome == CallOutcome(0, error: 77))
        #expect(told == -EBADF)
    }

    @Test func `tells them from a thread without a hub`() throws {
        let told = try onPatchedHub(.realTime) {
            let gate = Gate()
            defer { gate.close() }
            let number = dup(gate.reader)
            let waiter = spawn { gv_probe_wait(number) }
            try idle()
            let other = try Elsewhere { gv_call_close(number) }
            let told = try waiter.get()
            _ = try other.get()
            return told
        }

        #expect(told == -EBADF)
    }

    @Test func `tells nobody of a call that is refused`() throws {
        let (outcomes, told) = try onPatchedHub(.realTime) {
            let gate = Gate()
            defer { gate.close() }
            let waiter = spawn { gv_probe_wait(gate.reader) }
            try idle()
            let outcomes = [
                CallOutcome { gv_call_close(-1) },
                CallOutcome { gv_call_dup2(1 << 20, gate.reader) },
                CallOutcome { gv_call_dup3(gate.reader, gate.reader, 0) },
                CallOutcome { gv_call_dup3(gate.writer, gate.reader, 1) },
                CallOutcome { gv_call_dup2(gate.reader, gate.reader) - gate.reader },
            ]
            gate.open()
            return (outcomes, try waiter.get())
        }

        let refusals = [EBADF, EBADF, EINVAL, EINVAL].map { CallOutcome(-1, error: $0) }
        #expect(outcomes == refusals + [CallOutcome(0, error: 77)])
        #expect(told == 1)
    }
}
