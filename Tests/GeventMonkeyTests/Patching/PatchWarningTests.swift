// SPDX-License-Identifier: Apache-2.0
import CGeventPatchTestProbes
import Foundation
import GeventMonkey
import Testing

@Suite struct PatchWarningTests {
    @Test func `warns of another thread than the main one`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            told.hearWarnings()

            try await MainActor.run { _ = try Monkey.patchAll([.time]) }
            #expect(told.kinds == [])

            let thread = Thread { _ = try? Monkey.patch(.socket) }
            thread.start()
            while !thread.isFinished { sched_yield() }
            #expect(told.kinds == [[.otherThread]])
        }
    }

    @Test func `warns of signal without os, all together and once`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            told.hearWarnings()
            try await MainActor.run {
                try Monkey.patchAll([.time])
                #expect(told.kinds == [])

                try Monkey.patchAll([.signal])
                try Monkey.patchAll([.signal])
            }

            #expect(told.kinds == [[.fewerAreas, .signalWithoutOS]])
        }
    }

    @Test func `does not warn of signal after os`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            told.hearWarnings()

            try await MainActor.run {
                try Monkey.patch(.os)
                try Monkey.patch(.signal)
            }

            #expect(told.kinds == [])
        }
    }

    @Test func `writes warnings to standard error by default`() async throws {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            try await MainActor.run { _ = try Monkey.patch(.signal) }
        }

        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.hasPrefix("gevent: warning: area signal is patched without area os"))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test func `warns of objects whose memory it may not write`() async {
        await #expect(processExitsWith: .success) {
            let built = try SharedObject(
                "sealed", "#include <unistd.h>\nunsigned call(void) { return getppid(); }",
                SharedObject.bindings["now"] ?? [])
            let object = try built.load()
            let fixed = try MappedFile(built.path).parts.filter { $0.protection == "r--p" }.last
            let range = try #require(fixed).range
            let code = unsafe gv_probe_seal(
                UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count)
            if code == ENOSYS { return }  // Linux before 6.10.
            let told = Told()
            told.hearWarnings()

            let report = try await MainActor.run { try Monkey.patch(.time) }

            #expect(told.kinds == [[.unpatchable]])
            #expect(told.texts.first?.contains("getppid in \(built.path)") == true)
            #expect(report.skipped.contains { $0.object == built.path && $0.call == "getppid" })
            #expect(object.call("call") != Int(GV_PROBE_ANSWER))
        }
    }
}
