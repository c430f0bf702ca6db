// Steps of several greenlets in an order that the test says, and who may let others run.

import Gevent
import GeventTesting

try TestHub().run {
    let step = Sequencer()
    let cook = spawn {
        try step(0) { print("the cook cooks") }
        try step(2) { print("the cook washes up") }
    }
    try step(1) { print("the guest eats") }
    try cook.join()

    let queue = Queue<Int>()
    try assertNoSwitch { try queue.put(1) }
    try assertSwitches { try sleep(.milliseconds(1)) }
    let reader = spawn { [try queue.get(), try queue.get()] }
    try waitUntilAllParked()
    print("the reader waits in", reader.waitReason.prefix(9))
    try queue.put(2)
    print(try reader.get())
}
