// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import Foundation
import GeventCore
import GeventInsight
import GeventTestSupport
import Synchronization
import Testing

/// The process has one watchdog, so each test has a process of its own.
@Suite(.tags(.slow)) struct WatchdogTests {
    @Test func `names the greenlet, the call and who made it`() async {
        await #expect(processExitsWith: .success) {
            let pipe = try BlockingPipe()
            let told = try Told.watching(pipe)

            try onHub(.realTime) {
                let reader = spawnReader(of: pipe)
                _ = try reader.join()
            }

            let report = told.first { $0.stage == .begun }
            try must(report.greenlet == "greenlet \"reader\"", report.greenlet)
            try must(
                report.spawnSite == "GeventInsightTests/WatchdogTests.swift:\(lineOfReader)",
                "\(report)")
            try must(report.activity == .waiting(systemCall: "read"), "\(report)")
            try must(report.call == "read", "\(report)")
            try must(report.function == "gv_probe_read_byte", "\(report)")
            try must(report.library?.hasSuffix(".xctest") == true, "\(report)")
            try must(
                report.stack.contains { $0.function?.contains("BlockingPipe.read") == true },
                "\(report)")
            try must(report.duration >= .milliseconds(20), "\(report)")
            let end = told.first { $0.stage == .ended }
            try must(end.greenlet == report.greenlet && end.hub == report.hub, "\(end)")
            try must(end.duration >= report.duration, "\(end)")
        }
    }

    @Test func `names a library that blocks in the C library`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            try Watchdog.start(threshold: .milliseconds(20)) { told.note($0) }

            try onHub(.realTime) { _ = try spawn { Thread.sleep(forTimeInterval: 0.3) }.join() }

            let report = told.first { $0.stage == .begun }
            try must(
                report.greenlet == "greenlet #1" || report.greenlet == "greenlet #0", "\(report)")
            try must(report.activity == .waiting(systemCall: "clock_nanosleep"), "\(report)")
            try must(report.call?.hasSuffix("sleep") == true, "\(report)")
            try must(report.library?.contains("Foundation") == true, "\(report)")
        }
    }

    @Test func `tells of one that computes`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            let isOver = Flag()
            try Watchdog.start(threshold: .milliseconds(20)) { report in
                told.note(report)
                isOver.set()
            }

            try onHub(.realTime) { _ = try spawn { isOver.spin() }.join() }

            let report = told.first { $0.stage == .begun }
            try must(report.activity == .computing, "\(report)")
            try must(report.library?.hasSuffix(".xctest") == true, "\(report)")
            try must(report.advice.contains("yield"), report.advice)
        }
    }

    @Test func `tells of a callback of the hub`() async {
        await #expect(processExitsWith: .success) {
            let pipe = try BlockingPipe()
            let told = try Told.watching(pipe)

            try onHub(.realTime) {
                Hub.current.runCallback { _ = pipe.read() }
                try sleep(.milliseconds(1))
            }

            let report = told.first { $0.stage == .begun }
            try must(report.greenlet == "a callback", "\(report)")
            try must(report.spawnSite == nil, "\(report)")
            try must(report.call == "read", "\(report)")
        }
    }

    @Test func `watches all hubs`() async {
        await #expect(processExitsWith: .success) {
            let told = Told()
            let pipe = try BlockingPipe()
            try Watchdog.start(threshold: .milliseconds(20)) { told.note($0) }

            let others = try (0..<3).map { _ in
                try Elsewhere { try onHub(.realTime) { _ = try spawnReader(of: pipe).join() } }
            }
            var hubs: Set<UInt64> = []
            while hubs.count < 3 {
                hubs.insert(told.first { $0.stage == .begun && !hubs.contains($0.hub) }.hub)
            }
            for _ in others { pipe.release() }
            for other in others { try other.get() }

            for hub in hubs { _ = told.first { $0.stage == .ended && $0.hub == hub } }
        }
    }

    @Test func `goes on telling while it goes on`() async {
        await #expect(processExitsWith: .success) {
            let pipe = try BlockingPipe()
            let told = try Told.watching(pipe, until: .continuing)

            try onHub(.realTime) { _ = try spawnReader(of: pipe).join() }

            let end = told.first { $0.stage == .ended }
            try must(told.reports.map(\.stage) == [.begun, .continuing, .ended], "\(told.reports)")
            try must(end.duration >= .seconds(1), "\(end)")
        }
    }
}

/// What a greenlet computes until.
final class Flag: Sendable {
    private let isSet = Atomic(false)

    func set() { isSet.store(true, ordering: .releasing) }

    func spin() { while !isSet.load(ordering: .acquiring) {} }
}

// Within a macro's argument all lines would be the macro's.
func spawnReader(of pipe: BlockingPipe) -> Greenlet<Int32> {
    let reader = spawn { pipe.read() }
    reader.name = "reader"
    return reader
}

private let lineOfReader = #line - 5
