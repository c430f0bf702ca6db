// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventFiber
import GeventSystem
import Testing

@Suite struct IsolationTests {
    @Test func `finds every part on this runtime, and says nothing of it`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let found = Isolation.present

            #expect("\(found)" == "exclusivity, task locals, C++ exceptions, overlap check")
            #expect(found.exclusivity && found.taskLocals && found.cxxExceptions)
            #expect(found.overlapCheck)
        }

        #expect(result.errorText == "")
    }

    @Test func `is the same for all who ask, on many threads at once`() async {
        let texts = await withTaskGroup(of: String.self) { group in
            for _ in 0..<16 { group.addTask { "\(Isolation.present)" } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }

        #expect(texts == ["\(Isolation.present)"])
    }

    @Test func `lacks the overlap check alone if accesses are kept apart by calls`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            setEnvironment("GEVENT_ISOLATION", "calls")

            let text = "exclusivity, task locals, C++ exceptions, no overlap check"
            #expect("\(Isolation.present)" == text)
        }

        #expect(result.errorText == "")
    }

    // The one way to find nothing on a runtime that has it all: no thread to look for it on.
    @Test func `says once on standard error what it lacks`() async {
        if isSanitized { return }  // Who have reserved terabytes.

        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let space = ResidentMemory.current?.addressSpaceByteCount ?? 0
            #expect(gv_probe_limit_address_space(UInt64(space + 1 << 20)) == 0)
            let found = Isolation.present
            #expect(gv_probe_limit_address_space(.max) == 0)

            #expect(!found.exclusivity && !found.taskLocals && !found.cxxExceptions)
            #expect(!found.overlapCheck)
            #expect("\(Isolation.present)" == "\(found)")
        }

        #expect(
            result.errorText == """
                gevent: this runtime keeps greenlets apart in part only: no exclusivity, \
                no task locals, no C++ exceptions, no overlap check

                """)
    }
}
