// SPDX-License-Identifier: Apache-2.0
internal import GeventCore
internal import GeventSync

/// One kind of queue on trial for one clause of the contract.
struct QueueTrial: Trial {
    let contract: QueueContract
    let clause: QueueContract.Clause

    var subject: String { contract.description }
    var clauseName: String { clause.rawValue }
    var holds: Bool { contract.capabilities.contains(.holds) }

    func run() throws {
        switch clause {
        case .keepsOrder: try checkOrder()
        case .keepsItsCapacity: try checkCapacity()
        case .servesGettersInTurn: try checkGetters()
        case .admitsPuttersInTurn: try checkPutters()
        case .answersAtOnce: try checkAtOnce()
        case .givesUp: try checkGivingUp()
        case .passesTimeoutsOn: try checkTimeouts()
        case .losesNothingToKilledGetters: try checkKilledGetters()
        case .keepsNothingOfKilledPutters: try checkKilledPutters()
        case .countsRightUnderKills: try checkKills()
        case .endsForAll: try checkEnd()
        }
    }

    private func checkOrder() throws {
        let queue = try contract.make(nil)
        let numbers = [3, 1, 4, 5, 9, 2, 6]
        let putter = spawn { for number in numbers { try queue.put(number, nil) } }
        // What holds elements gets all of them before the first is taken.
        if holds { try putter.get() }
        let got = try numbers.map { _ in try queue.get(.seconds(60)) }
        try putter.get()
        let expected =
            switch holds ? contract.order : .firstIn {
            case .firstIn: numbers
            case .lastIn: Array(numbers.reversed())
            case .smallest: numbers.sorted()
            }
        try require(got == expected, "gave out \(got) for \(expected)")
        let error = errorOf { _ = try queue.getNowait() }
        try require(error is QueueEmpty, "had something left: \(text(error))")
    }

    private func checkCapacity() throws {
        let queue = try contract.make(2)
        if holds { for number in 1...2 { try queue.putNowait(number) } }
        let full = errorOf { try queue.putNowait(3) }
        try require(full is QueueFull, "ended with \(text(full)) when it was full")
        let putter = spawn { try queue.put(3, nil) }
        try settle(putter)
        _ = try queue.get(.seconds(60))
        try putter.get()
        if holds { for _ in 1...2 { _ = try queue.getNowait() } }
        let empty = errorOf { _ = try queue.getNowait() }
        try require(empty is QueueEmpty, "ended with \(text(empty)) when it was empty")
    }

    private func checkGetters() throws {
        let queue = try contract.make(nil)
        var log: [[Int]] = []
        let getters = (0..<4).map { number in
            spawn { log.append([number, try queue.get(nil)]) }
        }
        try sleep()
        for element in 10..<14 {
            try queue.put(element, .seconds(60))
            try sleep()
        }
        try joinAll(getters, raiseError: true)
        try require(
            log == (0..<4).map { [$0, $0 + 10] }, "served in another order than they came: \(log)")
    }

    private func checkPutters() throws {
        let queue = try contract.make(1)
        if holds { try queue.putNowait(0) }
        let putters = (1...4).map { number in spawn { try queue.put(number, nil) } }
        try sleep()
        let got = try (holds ? 0...4 : 1...4).map { _ in try queue.get(.seconds(60)) }
        try joinAll(putters, raiseError: true)
        try require(
            got == Array(holds ? 0...4 : 1...4), "let in in another order than they came: \(got)")
    }

    private func checkAtOnce() throws {
        let queue = try contract.make(1)
        try sleep()
        var hasSwitched = false
        let other = spawn { hasSwitched = true }
        let empty = errorOf { _ = try queue.getNowait() }
        if holds { try queue.putNowait(1) }
        let full = errorOf { try queue.putNowait(2) }
        if holds { try require(try queue.getNowait() == 1, "gave out another element") }
        try require(empty is QueueEmpty && full is QueueFull, "\(text(empty)), \(text(full))")
        try require(!hasSwitched, "let others run")
        try other.join()
    }

    private func checkGivingUp() throws {
        let queue = try contract.make(1)
        for limit in [Duration.zero, .seconds(-1), .milliseconds(2)] {
            let empty = errorOf { _ = try queue.get(limit) }
            try require(empty is QueueEmpty, "a get ended with \(text(empty)) after \(limit)")
            if holds { try queue.putNowait(1) }
            let full = errorOf { try queue.put(2, limit) }
            try require(full is QueueFull, "a put ended with \(text(full)) after \(limit)")
            if holds { try require(try queue.getNowait() == 1, "gave out another element") }
            let left = errorOf { _ = try queue.getNowait() }
            try require(left is QueueEmpty, "kept what was given up: \(text(left))")
        }
    }
}
