// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync

// What happens when those who wait are struck, or the queue ends.
extension QueueTrial {
    func checkTimeouts() throws {
        let queue = try contract.make(1)
        let getting = Timeout(.milliseconds(2))
        let got = errorOf { try getting.guarding { _ = try queue.get(.seconds(60)) } }
        try require(got as? Timeout === getting, "a get ended with \(text(got))")
        if holds { try queue.putNowait(1) }
        let putting = Timeout(.milliseconds(2))
        let put = errorOf { try putting.guarding { try queue.put(2, .seconds(60)) } }
        try require(put as? Timeout === putting, "a put ended with \(text(put))")
    }

    func checkKilledGetters() throws {
        let queue = try contract.make(nil)
        let killed = spawn { try queue.get(nil) }
        let other = spawn { try queue.get(nil) }
        try sleep()
        kill(killed)
        try queue.put(1, .seconds(60))
        try require(try other.get(timeout: .seconds(60)) == 1, "gave another element")
        try killed.join()
        try require(killed.isKilled, "a killed getter ended with \(text(killed.error))")
        try checkLateKill()
    }

    /// A getter that is killed when it has its element, but has not run yet.
    private func checkLateKill() throws {
        let queue = try contract.make(nil)
        var got: [Int] = []
        let getter = spawn {
            while true { got.append(try queue.get(nil)) }
        }
        try sleep()
        try queue.putNowait(1)
        kill(getter)
        let second = spawn { try queue.put(2, nil) }
        try getter.join()
        while !second.isReady || holds {
            guard let element = try? queue.getNowait() else { break }
            got.append(element)
            try sleep()
        }
        try second.join()
        try require(got.sorted() == [1, 2], "had \(got) of 1 and 2 after a kill")
    }

    func checkKilledPutters() throws {
        let queue = try contract.make(1)
        if holds { try queue.putNowait(1) }
        let killed = spawn { try queue.put(2, nil) }
        let other = spawn { try queue.put(3, nil) }
        try sleep()
        kill(killed)
        let got = try (holds ? [1, 3] : [3]).map { _ in try queue.get(.seconds(60)) }
        try other.get()
        try require(got == (holds ? [1, 3] : [3]), "gave out \(got)")
        let left = errorOf { _ = try queue.getNowait() }
        try require(left is QueueEmpty, "kept what a killed putter had: \(text(left))")
    }

    func checkKills() throws {
        for seed in 0..<10 as Range<UInt64> { try checkKills(seed) }
    }

    private func checkKills(_ seed: UInt64) throws {
        let queue = try contract.make(3)
        var random = SeededGenerator(seed: seed)
        var put: [Int] = []
        var got: [Int] = []
        let putters = (0..<10).map { number in
            spawn {
                for step in 0..<10 {
                    try queue.put(number * 10 + step, nil)
                    put.append(number * 10 + step)
                }
            }
        }
        let getters = (0..<10).map { _ in
            spawn {
                for _ in 0..<8 { got.append(try queue.get(nil)) }
            }
        }
        for _ in 0..<12 {
            try sleep()
            kill((putters + getters).randomElement(using: &random) ?? putters[0])
        }
        for _ in 0..<50 { try sleep() }
        for greenlet in putters + getters { try greenlet.kill() }
        while let element = try? queue.getNowait() { got.append(element) }
        try require(
            got.sorted() == put.sorted(),
            "with seed \(seed), \(put.count) were put and \(got.count) came out")
    }

    func checkEnd() throws {
        let queue = try contract.make(1)
        let getter = spawn { try queue.get(nil) }
        try sleep()
        queue.shutdown()
        try getter.join()
        try require(getter.error is QueueShutDown, "a getter got \(text(getter.error))")
        let full = try contract.make(1)
        try full.putNowait(1)
        let putter = spawn { try full.put(2, nil) }
        try sleep()
        full.shutdown()
        try putter.join()
        try require(putter.error is QueueShutDown, "a putter got \(text(putter.error))")
        try require(try full.get(.seconds(60)) == 1, "lost what it held")
        for error in [errorOf { try full.put(3, nil) }, errorOf { _ = try full.get(nil) }] {
            try require(error is QueueShutDown, "ended with \(text(error)) after its end")
        }
    }
}
