// One event wakes all who wait for it.

import Gevent

// snippet.hide
let second: Duration = CommandLine.arguments.contains("--fast") ? .milliseconds(20) : .seconds(1)
// snippet.show

let event = Event()

func setter() throws {
    print("Wait for me")
    try sleep(second * 3)
    print("After 3 sec, I am done")
    event.set()
}

func waiter() throws {
    print("I am waiting")
    try event.wait()
    print("Finish waiting")
}

try joinAll([
    spawn(setter),
    spawn(waiter),
    spawn(waiter),
    spawn(waiter),
    spawn(waiter),
    spawn(waiter),
])
