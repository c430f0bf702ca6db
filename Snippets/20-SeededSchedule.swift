// A race found by a seed, which repeats it.

import Gevent
import GeventTesting

/// Sells seats, one too many if two ask at the wrong moment.
final class Box {
    private(set) var seats = 1

    func sell() throws -> Bool {
        guard seats > 0 else { return false }
        try pay()
        seats -= 1
        return true
    }

    private func pay() throws { try sleep(.zero) }
}

struct Oversold: Error {}

@Sendable func twoCustomers() throws {
    let box = Box()
    spawn {
        try sleep(.zero)
        _ = try box.sell()
    }
    spawn { _ = try box.sell() }
    try Hub.current.join()
    if box.seats < 0 { throw Oversold() }
}

do {
    try exploring(seeds: 0..<1000, twoCustomers)
    print("never oversold")
} catch let failure as SeedFailed {
    print(failure.error)
    // In a terminal: GEVENT_SEED=… and the test again.
    let again = TestHub(order: .seeded(failure.seed))
    do { try again.run(twoCustomers) } catch { print("again:", error) }
}
