// Calls of the C library that block: on a greenlet they let others run.

import Foundation
import Gevent
import GeventMonkey

try Monkey.patchAll()

let clock = ContinuousClock()
let time = try clock.measure {
    try joinAll((0..<100).map { _ in spawn { Thread.sleep(forTimeInterval: 0.2) } })
}
print(time < .seconds(2) ? "100 slept at once" : "one slept after the other")
print(Monkey.isPatched("nanosleep"), Monkey.isPatched("pthread_create"))
