// SPDX-License-Identifier: Apache-2.0
import CGeventPatchTestProbes
import Foundation
import GeventMonkey
import Testing

@Suite struct ScopeTests {
    private struct Trouble: Error {}

    @Test func `patches for as long as the body runs`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()

            let within = try Monkey.withPatches([.time]) { calls.patched }

            #expect(within == ["time"])
            #expect(calls.patched == [])
            #expect(throws: Trouble.self) { try Monkey.withPatches([.time]) { throw Trouble() } }
            #expect(!Monkey.isAnythingPatched)
        }
    }

    @Test func `leaves what was patched before`() async {
        await #expect(processExitsWith: .success) {
            let kept = try Calls("kept")
            let other = try Calls("other")
            try Monkey.patch(.time, objects: .only(["libkept"]))

            try Monkey.withPatches([.time, .socket]) {
                #expect(kept.patched == ["socket", "time"])
                #expect(other.patched == ["socket", "time"])
            }

            #expect(kept.patched == ["time"])
            #expect(other.patched == [])
        }
    }

    @Test func `can be nested`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()

            try Monkey.withPatches([.time]) {
                try Monkey.withPatches([.time, .socket]) {
                    #expect(calls.patched == ["socket", "time"])
                }
                #expect(calls.patched == ["time"])
            }

            #expect(calls.patched == [])
        }
    }

    @Test func `keeps what was patched for good while it ran`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()

            try Monkey.withPatches([.time]) { _ = try Monkey.patchAll([.time]) }

            #expect(calls.patched == ["time"])
        }
    }

    @Test func `lets go of its filter`() async {
        await #expect(processExitsWith: .success) {
            final class Token: Sendable {}
            weak var token: Token?
            do {
                let kept = Token()
                token = kept
                let filter = Monkey.ObjectFilter.matching { _ in
                    withExtendedLifetime(kept) { true }
                }
                try Monkey.withPatches([.time], objects: filter) { #expect(token != nil) }
            }

            #expect(token == nil)
        }
    }
}
