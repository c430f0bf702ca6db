// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventSystem
import GeventTestSupport
import Glibc
import Testing

/// Uses a stack up in frames that jump over nothing.
private func overflow() -> UInt64 { gv_probe_use_stack(1 << 30) }

/// Uses a stack up in frames that would jump over a small guard.
private func overflowWidely() -> UInt64 { gv_probe_overflow_widely(0) }

// Within a macro's argument all lines would be the macro's.
private func spawnDeep() -> Greenlet<UInt64> {
    let greenlet = spawn(overflow)
    greenlet.name = "deep"
    return greenlet
}

private let lineOfDeep = #line - 5

/// What a process does that was started again to be on its first thread.
@_cdecl("gv_probe_main") func overflowOnMainThread() {
    guard CurrentThread.isMain else { exit(1) }
    let deep = spawn(overflow)
    deep.name = "on the main thread"
    _ = try? deep.get()
    exit(0)
}

// The handler of before is a sanitizer's where there is one, and that ends the process its own way.
private let death: ExitTest.Condition = isSanitized ? .failure : .signal(SIGSEGV)

// What is expected of all of them is S19.
@Suite struct OverflowTests {
    @Test func `names the greenlet, the size of its stack, and where it was spawned`() async {
        let result = await #expect(
            processExitsWith: death, observing: [\.standardErrorContent]
        ) { try onHub { _ = try spawnDeep().get() } }

        #expect(
            result.errorText.contains(
                """
                gevent: stack overflow in greenlet "deep", which has 256 KiB of stack and was \
                spawned at GeventCoreTests/OverflowTests.swift:\(lineOfDeep). \
                Give it more with spawn(stackSize:).

                """))
    }

    @Test func `is reported on the main thread`() async {
        let result = await #expect(
            processExitsWith: death, observing: [\.standardErrorContent]
        ) { #expect(gv_probe_start_again() == 0) }

        #expect(result.errorText.contains("overflow in greenlet \"on the main thread\", which"))
    }

    @Test func `is reported on a second thread's hub, beside a first one`() async {
        let result = await #expect(
            processExitsWith: death, observing: [\.standardErrorContent]
        ) {
            try onHub {
                spawn { try sleep(.seconds(60)) }.name = "of the first"
                try sleep(.zero)
                try onThread {
                    let deep = spawn(stackSize: 1 << 20) { overflow() }
                    deep.name = "of the second"
                    _ = try deep.get()
                }
            }
        }

        let expected = "overflow in greenlet \"of the second\", which has 1024 KiB of stack"
        #expect(result.errorText.contains(expected))
    }

    @Test(arguments: [64, 256, 1000])
    func `is reported for frames of 60 KiB`(kibibytes: Int) async {
        let result = await #expect(
            processExitsWith: death, observing: [\.standardErrorContent]
        ) { [kibibytes] in
            try onHub { _ = try spawn(stackSize: kibibytes * 1024) { overflowWidely() }.get() }
        }

        #expect(result.errorText.contains("stack overflow in greenlet #"))
        #expect(result.errorText.contains(", which has \(kibibytes) KiB of stack and was"))
    }

    @Test func `names the greenlet that is on the stack now, not one before it`() async {
        let result = await #expect(
            processExitsWith: death, observing: [\.standardErrorContent]
        ) {
            try onHub {
                for name in ["first", "second", "third"] {
                    let greenlet = spawn { name == "third" ? overflow() : 0 }
                    greenlet.name = name
                    _ = try greenlet.get()
                }
            }
        }

        #expect(result.errorText.contains("stack overflow in greenlet \"third\""))
    }

    @Test func `names the hub if a callback of it overflows`() async {
        let result = await #expect(
            processExitsWith: death, observing: [\.standardErrorContent]
        ) {
            try onHub {
                Hub.current.runCallback { _ = overflow() }
                try sleep(.zero)
            }
        }

        #expect(result.errorText.contains("gevent: stack overflow in the hub, which has 256 KiB"))
    }
}
