// SPDX-License-Identifier: Apache-2.0
internal import CGeventSwitch
internal import GeventCore
internal import GeventLoop

/// What can be seen of the main greenlet's wait while it lasts.
@safe private struct Sighting {
    /// The line in which it stands; `nil` for a wait for nothing but time.
    let line: UnsafeMutablePointer<gv_wait_queue>?
    /// How many stand in that line.
    let inLine: Int
    /// How many wait, by the attempt's own count.
    let counted: Int?
}

/// What a hub keeps of waits that have not ended.
private struct Traces: Equatable {
    let counted: Int?
    let timers: Int
    let outsideWaits: Int
}

extension WaitTrial {
    func checkLine() throws {
        let before = traces
        let first = try sighting { try giveUp(after: .milliseconds(1)) }
        try checkPresence(in: first, since: before)
        try require(traces == before, "left \(traces) of \(before) after giving up")
        let second = try sighting {
            _ = errorOf { try withTimeout(.milliseconds(1)) { _ = try attempt.wait(.seconds(30)) } }
        }
        try checkSame(second, first, "giving up")
        try require(traces == before, "left \(traces) of \(before) after a timeout")
        try killOne()
        try require(traces == before, "left \(traces) of \(before) after a kill")
        let third = try sighting { try giveUp(after: .milliseconds(1)) }
        try checkSame(third, first, "a timeout or a kill")
    }

    private var traces: Traces {
        let scheduler = Scheduler.current
        return Traces(
            counted: attempt.waiterCount?(), timers: scheduler.timers.count,
            outsideWaits: scheduler.outsideWaits)
    }

    // Without this a count that never changes would keep any contract.
    private func checkPresence(in seen: Sighting, since before: Traces) throws {
        guard let counted = seen.counted, let nobody = before.counted else { return }
        try require(counted > nobody, "is not counted while it waits")
    }

    private func checkSame(_ seen: Sighting, _ first: Sighting, _ event: String) throws {
        guard seen.counted == nil else { return }
        try require(
            unsafe seen.line == first.line,
            "stands in another line each time: the attempt needs a count of its own")
        try require(seen.inLine == first.inLine, "left a waiter in line after \(event)")
    }

    private func killOne() throws {
        guard contract.worksAnywhere else { return }
        let victim = spawn { _ = try attempt.wait(.seconds(30)) }
        try sleep(.zero)
        try victim.kill()
    }

    /// Looks at the main greenlet while it does what waits.
    private func sighting(of wait: () throws -> Void) throws -> Sighting {
        var seen: Sighting?
        let looker = spawn { seen = look() }
        try wait()
        try looker.join()
        guard let seen else { throw broken("did not wait") }
        return seen
    }

    private func look() -> Sighting? {
        // SAFETY: the main greenlet is parked while another one runs, and with it the record of its
        // wait, whose line is kept by what is waited for.
        let main = unsafe currentHubPointer().pointee.main
        guard let waiter = unsafe main?.pointee.waiter else { return nil }
        let line = unsafe waiter.pointee.queue
        return unsafe Sighting(
            line: line, inLine: line.map { unsafe $0.count } ?? 0, counted: attempt.waiterCount?())
    }
}
