// SPDX-License-Identifier: Apache-2.0
import CGeventTestProbes
import GeventCore
import GeventFiber
import GeventSystem
import GeventTestSupport
import Testing

// In a child process each, since they compare what the whole process has in memory.
@Suite struct SoakTests {
    // S1.
    @Test(.tags(.slow)) func `has 100,000 asleep at once, and their memory back afterwards`() async
    {
        if isSanitized { return }  // Who count memory of their own.

        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            // Those made by mprotect(2) end at half of vm.max_map_count.
            let count = GuardKind.best == .installed ? 100_000 : 25_000
            let before = Usage.present
            let (first, second) = try onHub {
                (try Crowd.sleep(count), try Crowd.sleep(count))
            }
            let after = Usage.present

            #expect(first.asleep == count && first.ended == count)
            #expect(second.asleep == count && second.ended == count)
            #expect(first.usage.beyond(before).resident < count * 12_000)
            // The stacks serve again.
            #expect(second.usage.beyond(first.usage).resident < count * 200)
            // What is left are the records of the greenlets, in pages of the C library's.
            #expect(after.beyond(before).resident < count * 1_500)
            #expect(after.beyond(before).addressSpace < 256 << 20)
            report("\(count) asleep", before, first.usage, second.usage, after)
        }
        show(result)
    }

    @Test(.tags(.slow)) func `keeps the memory of no more than 131,072 idle stacks`() async {
        if isSanitized { return }  // Who count memory of their own.
        // It takes more memory than a test should that runs every time, and more mappings than
        // there are for guards by mprotect(2).
        guard soaks, GuardKind.best == .installed else { return }

        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) {
            let wanted = 25_000 * 8192
            let (crowd, after) = try onHub {
                let crowd = try Crowd.sleep(160_000)
                // Given back a few at a time, when there is nothing else to do.
                for _ in 0..<100 where crowd.usage.beyond(.present).resident < wanted {
                    try sleep(.milliseconds(50))
                }
                return (crowd, Usage.present)
            }

            #expect(crowd.asleep == 160_000)
            #expect(crowd.usage.beyond(after).resident >= wanted)
            report("160000 asleep, then idle", crowd.usage, after)
        }
        show(result)
    }

    // M1.
    @Test(.tags(.slow), arguments: soaks ? [100_000, 1_000_000] : [100_000])
    func `stays as it is while greenlets come and go`(count: Int) async {
        if isSanitized { return }  // Who count memory of their own.

        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) { [count] in
            let (before, after) = try onHub {
                try measured(rounds: count / 100) {
                    try joinAll((0..<100).map { number in spawn { number } })
                }
            }

            #expect(after.beyond(before).resident < 1 << 20)
            #expect(after.beyond(before).descriptors == 0)
            report("\(count) come and gone", before, after)
        }
        show(result)
    }

    @Test(.tags(.slow), arguments: soaks ? [2_000, 50_000] : [2_000])
    func `stays as it is while greenlets come and go with all they can have`(count: Int) async {
        if isSanitized { return }  // Who count memory of their own.

        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) { [count] in
            gv_probe_keep_no_backtraces()
            let (before, after) = try onHub {
                Hub.current.errorHandler = { _ in }
                let local = Local<[Int]>()
                return try measured(rounds: count) { try useEverything(local) }
            }

            #expect(after.beyond(before).resident < 1 << 20)
            #expect(after.beyond(before).descriptors == 0)
            report("\(count) with all they can have", before, after)
        }
        show(result)
    }

    @Test(.tags(.slow), arguments: soaks ? [200, 5_000] : [200])
    func `stays as it is while hubs come and go`(count: Int) async {
        if isSanitized { return }  // Who count memory of their own.

        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) { [count] in
            let (before, after) = try measured(rounds: count) {
                try onHub { _ = try joinAll((0..<20).map { number in spawn { number } }) }
            }

            // A hub leaves its record behind, and those of its greenlets.
            #expect(after.beyond(before).resident < 1 << 20 + count * 8192)
            #expect(after.beyond(before).descriptors == 0)
            #expect(after.beyond(before).addressSpace < 64 << 20)
            report("\(count) hubs come and gone", before, after)
        }
        show(result)
    }
}

/// What is taken up before and after `rounds` of something, when a tenth of it has been done to warm
/// up.
private func measured(rounds: Int, _ round: () throws -> Void) throws -> (Usage, Usage) {
    for _ in 0..<(rounds / 10) { try round() }
    let before = Usage.present
    for _ in 0..<rounds { try round() }
    return (before, Usage.present)
}

/// A greenlet with a name, local values, limits, links, and an error that nobody collects.
private func useEverything(_ local: Local<[Int]>) throws {
    let greenlet = spawn {
        local.set([1, 2, 3])
        Greenlet.current.name = "named"
        Greenlet.current.spawnTreeLocals["key"] = "value"
        try withTimeout(.seconds(60)) { try sleep(.zero) }
        throw Mistake()
    }
    greenlet.link { _ in }
    greenlet.rawLink { _ in }
    let struck = spawn { try sleep(.seconds(60)) }
    let delayed = spawn(after: .seconds(60)) {}
    try sleep(.zero)
    kill(struck)
    kill(delayed)
    _ = try wait([greenlet])
    try greenlet.join()
}

/// Tells the parent process the figures.
private func report(_ what: String, _ figures: Usage...) {
    for figure in figures { StandardError.write("\(what): \(figure)\n") }
}

/// Shows the figures of a long soak.
private func show(_ result: ExitTest.Result?) {
    if soaks { print(result.errorText, terminator: "") }
}

/// Greenlets that are asleep together.
private struct Crowd {
    /// How many were asleep at once.
    let asleep: Int
    /// What they took up then.
    let usage: Usage
    /// How many have returned.
    let ended: Int

    /// Lets `count` greenlets sleep until all of them do, and a second for certain.
    static func sleep(_ count: Int) throws -> Crowd {
        var isComplete = false
        var asleep = 0
        var ended = 0
        let greenlets = (0..<count).map { _ in
            spawn {
                asleep += 1
                repeat { try GeventCore.sleep(.milliseconds(500)) } while !isComplete
                ended += 1
            }
        }
        try GeventCore.sleep(.zero)
        while asleep < count { try GeventCore.sleep(.milliseconds(1)) }
        let usage = Usage.present
        let parked = greenlets.count { $0.isStarted }
        isComplete = true
        try joinAll(greenlets)
        return Crowd(asleep: parked, usage: usage, ended: ended)
    }
}
