// Every order in which a few greenlets can run.

import Gevent
import GeventTesting

struct Lost: Error {}

let explored = try exhaustively {
    let door = Semaphore(1)
    var count = 0
    func visit() throws {
        try door.withLock {
            let before = count
            try sleep(.zero)
            count = before + 1
        }
    }
    try joinAll([spawn { try visit() }, spawn { try visit() }])
    if count != 2 { throw Lost() }
}
print(explored.isComplete ? "no order loses a visit" : "too many orders to try")

do {
    try exhaustively {
        var count = 0
        func visit() throws {
            let before = count
            try sleep(.zero)
            count = before + 1
        }
        let guests = [spawn { try visit() }, spawn { try visit() }]
        for (guest, name) in zip(guests, ["ann", "bob"]) { guest.name = name }
        try joinAll(guests)
        if count != 2 { throw Lost() }
    }
} catch let failure as InterleavingFailed {
    for step in failure.switches ?? [] { print(step) }
}
