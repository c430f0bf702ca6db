// SPDX-License-Identifier: Apache-2.0
import CGeventPatchTestProbes
import Foundation
import GeventMonkey
import Testing

@Suite struct PatchEventsTests {
    private struct Trouble: Error {}

    @Test func `tells before and after, with the plan and the report`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()
            let told = Told()
            Monkey.willPatch { plan in
                told.note("will \(calls.patched.count) \(plan.newSlots > 0)")
            }
            Monkey.didPatch { report in
                told.note("did \(calls.patched.count) \(report.newSlots > 0)")
            }

            try Monkey.patchAll([.time])

            #expect(told.all == ["will 0 true", "did 1 true"])
        }
    }

    @Test func `does nothing when a handler vetoes it`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()
            let told = Told()
            let veto = Monkey.willPatch { _ in throw DoNotPatch() }
            told.hearEvents()

            let report = try Monkey.patchAll([.time, .socket])

            #expect(report.vetoed == [.time, .socket])
            #expect(report.areas == [] && report.calls == [])
            #expect(calls.patched == [] && !Monkey.isAnythingPatched)
            #expect(told.all == [])

            Monkey.removeHandler(veto)
            try Monkey.patchAll([.time])
            #expect(told.all == ["will time", "did time"])
        }
    }

    @Test func `leaves out an area that a handler vetoes`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()
            let told = Told()
            Monkey.willPatch { _ in throw DoNotPatch(.socket, .dns) }
            told.hearEvents()

            let report = try Monkey.patchAll([.time, .socket])

            #expect(report.vetoed == [.socket])
            #expect(report.areas == [.time])
            #expect(calls.patched == ["time"])
            #expect(told.all == ["will time", "did time"])
        }
    }

    @Test func `throws another error of a handler at who patches, and does nothing`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()
            Monkey.willPatch { _ in throw Trouble() }

            #expect(throws: Trouble.self) { try Monkey.patchAll() }

            #expect(calls.patched == [])
        }
    }

    @Test func `tells nothing when there is nothing new, and warns once of fewer areas`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()
            let told = Told()
            try Monkey.patchAll([.time, .socket])
            told.hearEvents()
            told.hearWarnings()

            let same = try Monkey.patchAll([.time, .socket])
            #expect(told.kinds == [])
            let fewer = try Monkey.patchAll([.time])
            try Monkey.patchAll([.time])

            #expect(same.newSlots == 0 && fewer.newSlots == 0)
            #expect(told.all == [])
            #expect(told.kinds == [[.fewerAreas]])
            #expect(told.texts.first?.hasSuffix("these stay patched: socket") == true)
            #expect(calls.patched == ["socket", "time"])
        }
    }
}
