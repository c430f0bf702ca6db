// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventSync
import GeventSystem
import GeventTesting

/// Somebody, a greenlet or a thread, who does what chance says with what all share.
struct StressWorker {
    let stress: Stress
    let number: Int
    let mayHaveHub: Bool
    var random: SeededGenerator
    var made = 0

    init(_ stress: Stress, number: Int, seed: UInt64, mayHaveHub: Bool) {
        self.stress = stress
        self.number = number
        self.mayHaveHub = mayHaveHub
        random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(number))
    }

    /// Works until the operations are used up, or it is killed.
    mutating func work() throws {
        while stress.takeTurn() {
            do { try operate() } catch is QueueEmpty {} catch is QueueFull {} catch is Timeout {}
        }
    }

    private var patience: Duration { .microseconds(Int(made % 7) * 40) }

    private mutating func item() -> Stress.Item {
        made += 1
        return Stress.Item(producer: number, number: made)
    }

    private mutating func operate() throws {
        made += 1
        switch UInt8.random(in: 0..<13, using: &random) {
        case 0, 1:
            let item = item()
            try stress.queue.put(item, timeout: patience)
            stress.put(item)
        case 2, 3: stress.got(try stress.queue.get(timeout: patience))
        case 4:
            let item = item()
            try stress.channel.put(item, timeout: patience)
            stress.put(item)
        case 5: stress.got(try stress.channel.get(timeout: patience))
        case 6, 7:
            guard try stress.semaphore.acquire(timeout: patience) else { return }
            try stress.usePlace { try rest() }
        case 8:
            guard try stress.lock.acquire(timeout: patience) else { return }
            defer { stress.lock.release() }
            stress.count()
            if made % 5 == 0 { stress.condition.notify() }
            if made % 11 == 0 { try stress.condition.wait(timeout: patience) }
        case 9:
            if made % 2 == 0 { stress.event.set() } else { stress.event.clear() }
            try stress.event.wait(timeout: patience)
        case 10: try promise()
        case 11: try speakToHub()
        default: try shareGreenlet()
        }
    }

    private func rest() throws {
        guard mayHaveHub else { return }
        if made % 3 == 0 { try sleep(.microseconds(20)) } else { try sleep() }
    }

    /// Makes a promise and sees it kept, or keeps that of somebody else.
    private func promise() throws {
        if made % 2 == 0, let other = try? stress.promises.getNowait() { return other.set(7) }
        let mine = AsyncResult<Int>()
        try stress.promises.put(mine, timeout: patience)
        // Nobody may come to keep it, but who comes keeps it.
        if try mine.wait(timeout: patience) ?? 7 != 7 { stress.fault("a promise was broken") }
    }

    /// Has a hub, maybe this one, answer or do something; it may have closed.
    private func speakToHub() throws {
        guard let remote = stress.remotes.withLock({ $0.randomElement() }) else { return }
        let number = made
        do {
            if made % 2 == 0 { return try remote.submit { stress.event.set() } }
            let answer = try remote.call(timeout: .seconds(30)) {
                try sleep()
                return number
            }
            if answer != number { stress.fault("an answer was another one's") }
        } catch is HubClosed {}
    }

    /// Hands a greenlet to whoever comes, or waits for the greenlet of another hub, or kills it.
    private func shareGreenlet() throws {
        if mayHaveHub && made % 2 == 0 {
            let number = number
            let greenlet = spawn {
                try sleep(.microseconds(50))
                return number
            }
            return try stress.greenlets.put(greenlet, timeout: patience)
        }
        let greenlet = try stress.greenlets.get(timeout: patience)
        if made % 5 == 0 { return kill(greenlet) }
        do {
            if try greenlet.join(timeout: .seconds(30)) {
                _ = try greenlet.get()
            } else {
                stress.fault("a greenlet of another hub did not end")
            }
        } catch let error as GreenletExit {
            // Its own end, or that of whom it waited for.
            if !greenlet.isKilled { throw error }
        }
    }
}
