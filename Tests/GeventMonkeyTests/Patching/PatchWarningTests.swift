// SPDX-License-Identifier: Apache-2.0
import CGeventPatchTestProbes
import Foundation
import Testing

@testable import GeventMonkey

@Suite struct PatchWarningTests {
    @Test func `warns of another thread than the main one, once`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            told.hearWarnings()

            try Monkey.patch(.time)
            try Monkey.patch(.socket)

            #expect(told.allKinds == [[.otherThread]])
        }
    }

    @Test func `does not warn of the main thread`() {
        let report = PatchReport(areas: [.time])

        #expect(PatchWarnings.ofReport(report, isOnMainThread: true) == [])
        #expect(PatchWarnings.ofReport(report, isOnMainThread: false).count == 1)
    }

    @Test func `warns of signal without os, all together and once`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            told.hearWarnings()
            try Monkey.patchAll([.time])
            #expect(told.kinds == [])

            try Monkey.patchAll([.signal])
            try Monkey.patchAll([.signal])

            #expect(told.kinds.first == [.fewerAreas, .signalWithoutOS])
            #expect(told.kinds.joined().filter { $0 == .signalWithoutOS }.count == 1)
        }
    }

    @Test func `does not warn of signal after os`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            told.hearWarnings()

            try Monkey.patch(.os)
            try Monkey.patch(.signal)

            #expect(told.kinds == [])
        }
    }

    @Test func `writes warnings to standard error by default`() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            try Monkey.patch(.signal)
        }

        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(text.hasPrefix("gevent: warning: area signal is patched without area os"))
        let lines = text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.hasPrefix("gevent: warning: ") })
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

            let report = try Monkey.patch(.time)

            #expect(told.kinds == [[.unpatchable]])
            #expect(told.texts.contains { $0.contains("getppid in \(built.path)") })
            #expect(report.skipped.contains { $0.object == built.path && $0.call == "getppid" })
            #expect(object.call("call") != Int(GV_PROBE_ANSWER))
        }
    }
}
