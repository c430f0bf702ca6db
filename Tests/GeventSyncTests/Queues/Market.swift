// SPDX-License-Identifier: Apache-2.0
import GeventCore
import GeventTesting

/// What a producer makes.
struct Parcel: Hashable {
    let producer: Int
    let number: Int
}

/// Producers that put and consumers that get, some of which are struck at random; it notes what
/// each of them was told.
final class Market {
    /// What became of the parcels.
    enum Verdict: Equatable {
        case fair
        case lost(Set<Parcel>)
        case invented(Set<Parcel>)
        case doubled
        case disordered(consumer: Int)
    }

    private let put: (Parcel, Duration?) throws -> Void
    private let get: (Duration?) throws -> Parcel
    private var random: SeededGenerator
    private var sent: Set<Parcel> = []
    private var received: [[Parcel]] = []
    private var producerCount = 0
    private var workers: [AnyGreenlet] = []

    init(
        seed: UInt64, put: @escaping (Parcel, Duration?) throws -> Void,
        get: @escaping (Duration?) throws -> Parcel
    ) {
        random = SeededGenerator(seed: seed)
        self.put = put
        self.get = get
    }

    /// How many parcels were put.
    var putCount: Int { sent.count }

    /// Lets producers and consumers come and go, then kills all of them.
    func run(rounds: Int) throws {
        for _ in 0..<rounds {
            workers.removeAll { $0.isReady }
            while workers.count < 8 {
                workers.append(Bool.random(using: &random) ? produce() : consume())
            }
            for _ in 0..<Int.random(in: 0..<4, using: &random) { try sleep() }
            if let victim = workers.randomElement(using: &random) { kill(victim) }
        }
        try killAll(workers)
    }

    /// Notes parcels that were taken at the end.
    func take(_ parcels: [Parcel]) { received.append(parcels) }

    /// What became of the parcels.
    var verdict: Verdict {
        let all = received.flatMap(\.self)
        let arrived = Set(all)
        if all.count != arrived.count { return .doubled }
        if !sent.isSubset(of: arrived) { return .lost(sent.subtracting(arrived)) }
        if !arrived.isSubset(of: sent) { return .invented(arrived.subtracting(sent)) }
        for (consumer, parcels) in received.enumerated() {
            var last: [Int: Int] = [:]
            for parcel in parcels {
                if let previous = last[parcel.producer], previous >= parcel.number {
                    return .disordered(consumer: consumer)
                }
                last[parcel.producer] = parcel.number
            }
        }
        return .fair
    }

    private func produce() -> AnyGreenlet {
        let producer = producerCount
        producerCount += 1
        return spawn { [self] in
            for number in 0... {
                let parcel = Parcel(producer: producer, number: number)
                try struck {
                    try put(parcel, patience())
                    sent.insert(parcel)
                }
                if Bool.random(using: &random) { try sleep() }
            }
        }
    }

    private func consume() -> AnyGreenlet {
        let consumer = received.count
        received.append([])
        return spawn { [self] in
            while true {
                try struck { received[consumer].append(try get(patience())) }
                if Bool.random(using: &random) { try sleep() }
            }
        }
    }

    private func patience() -> Duration? {
        [nil, .zero, .microseconds(20), .milliseconds(1)].randomElement(using: &random) ?? nil
    }

    // Sometimes under a limit of its own; running out of time is no end.
    private func struck(_ body: () throws -> Void) throws {
        do {
            if Int.random(in: 0..<4, using: &random) == 0 {
                try withTimeout(.microseconds(10), body)
            } else {
                try body()
            }
        } catch let error where !(error is GreenletExit) {}
    }
}
