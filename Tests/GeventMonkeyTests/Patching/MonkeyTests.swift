// SPDX-License-Identifier: Apache-2.0
import CGeventPatchTestProbes
import CGeventSwitch
import Foundation
import GeventMonkey
import Testing

@Suite struct MonkeyTests {
    @Test func `patches every area but threads, unless it is asked for`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()

            try Monkey.patchAll()
            #expect(calls.patched == ["socket", "time"])
            #expect(Monkey.patchedAreas == .default)

            try Monkey.patch(.threads)
            #expect(calls.patched == ["socket", "threads", "time"])
            #expect(Monkey.patchedAreas == .all)
        }
    }

    @Test func `patches one area and leaves the others`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()

            let report = try Monkey.patch(.time)

            #expect(calls.patched == ["time"])
            #expect(report.areas == [.time])
            #expect(Monkey.isPatched(.time) && !Monkey.isPatched(.socket))
            #expect(Monkey.isPatched("getppid") && !Monkey.isPatched("getpgrp"))
        }
    }

    @Test func `says what is patched and where`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()
            #expect(!Monkey.isAnythingPatched)

            try Monkey.patchAll([.time], objects: .only(["libcalls.so"]))

            #expect(Monkey.isAnythingPatched)
            #expect(Monkey.isPatched("getppid", in: "libcalls"))
            #expect(Monkey.isPatched("getppid", in: calls.path))
            #expect(!Monkey.isPatched("getppid", in: "libFoundation"))
            #expect(!Monkey.isPatched("getpgrp", in: "libcalls"))
            #expect(!Monkey.isPatched("no such call"))
        }
    }

    @Test func `keeps the first original, however often it patches`() async {
        await #expect(processExitsWith: .success) {
            typealias Parent = @convention(c) () -> Int32
            let parent = getppid()
            let before = unsafe Monkey.original("getppid")

            try Monkey.patchAll()
            try Monkey.patchAll()
            try Monkey.patch(.time, objects: .only(["nothing"]))

            #expect(unsafe Monkey.original("getppid") == before)
            #expect(Monkey.original("getppid", as: Parent.self)?() == parent)
            #expect(unsafe Monkey.original("no such call") == nil)
        }
    }

    @Test func `patches more when it is asked for more, and takes nothing away`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()
            let told = Told()
            told.hearWarnings()
            try Monkey.patchAll([.time])

            let report = try Monkey.patchAll([.socket])

            #expect(calls.patched == ["socket", "time"])
            #expect(report.calls.contains { $0.name == "getpgrp" && $0.newSlots > 0 })
            #expect(told.kinds.joined().contains(.fewerAreas))
        }
    }

    @Test func `gives calls back`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()
            try Monkey.patchAll(.all)

            Monkey.unpatch([.socket])
            #expect(calls.patched == ["threads", "time"])
            Monkey.unpatch()
            #expect(calls.patched == [])
            #expect(!Monkey.isAnythingPatched)

            try Monkey.patchAll()
            #expect(calls.patched == ["socket", "time"])
        }
    }

    @Test func `patches what is loaded later`() async {
        if isSanitized { return }
        await #expect(processExitsWith: .success) {
            try Monkey.patchAll([.time, .socket])

            #expect(try Calls("late").patched == ["socket", "time"])
        }
    }

    @Test func `makes no hub`() async {
        await #expect(processExitsWith: .success) {
            try Monkey.patchAll(.all)

            #expect(unsafe gv_hub_here() == nil)
        }
    }

    @Test func `plans without doing`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()

            let plan = Monkey.plan([.time], objects: .only(["libcalls"]))

            #expect(calls.patched == [])
            #expect(!Monkey.isAnythingPatched)
            #expect(plan.objects == [calls.path])
            #expect(plan.newSlots == 1)
        }
    }

    @Test func `lists the calls of an area`() {
        #expect(Monkey.calls(of: .time).contains("getppid"))
        #expect(!Monkey.calls(of: .socket).contains("getppid"))
        #expect(Monkey.calls(of: .time) == Monkey.calls(of: .time).sorted())
    }
}
