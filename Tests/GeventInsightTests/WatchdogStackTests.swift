// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventInsight
import GeventTestSupport
import Testing

@Suite(.tags(.slow)) struct WatchdogStackTests {
    @Test func `walks a stack that is nearly used up`() async {
        await #expect(processExitsWith: .success) {
            let pipe = try BlockingPipe()
            let told = try Told.watching(pipe)

            try onHub(.realTime) {
                _ = try spawn(stackSize: 1 << 18) { readDeep(pipe) }.join()
            }

            let report = told.first { $0.stage == .begun }
            try must(report.call == "read", "\(report)")
            try must(report.stack.count { $0.function == "call_below" } > 50, "\(report)")
        }
    }

    @Test func `leaves an overflow to the report of overflows`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent])
        {
            try Watchdog.start(threshold: .milliseconds(1)) { _ in }
            try onHub(.realTime) { _ = try spawn { gv_probe_use_stack(1 << 30) }.join() }
        }

        #expect(result.errorText.contains("gevent: stack overflow in greenlet"))
    }

    @Test func `tells of a thread that blocks all signals, without its stack`() async {
        await #expect(processExitsWith: .success) {
            let pipe = try BlockingPipe()
            let told = try Told.watching(pipe)

            try onHub(.realTime) {
                gv_probe_block_signals()
                _ = try spawnReader(of: pipe).join()
            }

            let report = told.first { $0.stage == .begun }
            try must(report.stack.map(\.function) == ["read"], "\(report)")
            try must(report.call == "read" && report.library == nil, "\(report)")
            try must(report.greenlet == "greenlet \"reader\"", "\(report)")
            try must(report.spawnSite?.contains("WatchdogTests.swift") == true, "\(report)")
            try must(report.activity == .waiting(systemCall: "read"), "\(report)")
        }
    }
}

/// Reads where nearly all of a stack of 256 KiB is in use.
private func readDeep(_ pipe: BlockingPipe) {
    let context = unsafe Unmanaged.passUnretained(pipe).toOpaque()
    _ = unsafe gv_probe_call_deep(
        230 << 10,
        { context in
            guard let context = unsafe context else { return }
            // SAFETY: the caller holds the pipe.
            _ = unsafe Unmanaged<BlockingPipe>.fromOpaque(context).takeUnretainedValue().read()
        }, context)
}
