// SPDX-License-Identifier: Apache-2.0
import Foundation
import GeventMonkey
import Testing

@Suite struct PatchReportTests {
    @Test func `counts calls, objects and slots`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()

            let report = try Monkey.patchAll([.time, .socket], objects: .only(["libcalls"]))

            #expect(report.objects == [calls.path])
            let made = report.calls.map(\.name).sorted()
            #expect(made == ["getpgrp", "getppid"])
            #expect(report.calls.map(\.area).allSatisfy { $0 == .time || $0 == .socket })
            #expect(report.slots == 2 && report.newSlots == 2)
        }
    }

    @Test func `says what was left alone, and why`() async {
        await #expect(processExitsWith: .success) {
            _ = try Calls()

            let report = try Monkey.patchAll([.time], objects: .except(["libcalls"]))

            let reasons = Dictionary(
                report.skipped.map { ($0.object.split(separator: "/").last ?? "", $0.reason) },
                uniquingKeysWith: { first, _ in first })
            #expect(reasons["libcalls.so"] == .filtered)
            #expect(reasons["libc.so.6"] == .runtime)
            #expect(reasons["libswiftCore.so"] == .runtime)
        }
    }

    @Test func `is a table for people`() async {
        await #expect(processExitsWith: .success) {
            let calls = try Calls()

            let lines = try Monkey.patchAll([.time, .socket], objects: .only(["libcalls"]))
                .description.split(separator: "\n")

            #expect(
                lines.first
                    == "2 calls in 1 objects, 2 slots, 2 new; areas: socket, time")
            #expect(lines.contains { $0.hasPrefix("  \(calls.path)  2 slots: get") })
            #expect(lines.contains { $0.hasSuffix("left alone: the C library or a runtime") })
        }
    }

    @Test(arguments: [
        ("/usr/lib/libcurl.so.4", true), ("/usr/lib/libcurl-gnutls.so.4", true),
        ("/usr/lib/libcurl/other.so", false), ("/opt/libpq.so.5", true),
        ("/usr/lib/libpq.so.5", false),
    ])
    func `finds an object by its path or a part of its file's name`(path: String, isTaken: Bool) {
        let names = ["libcurl", "/opt/libpq.so.5"]

        #expect(Monkey.ObjectFilter.only(names).takes(path) == isTaken)
        #expect(Monkey.ObjectFilter.except(names).takes(path) == !isTaken)
        #expect(Monkey.ObjectFilter.all.takes(path))
        #expect(Monkey.ObjectFilter.matching { $0 == path }.takes(path))
    }
}
