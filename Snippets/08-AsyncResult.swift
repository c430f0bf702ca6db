// An event that carries a value.

import Gevent

// snippet.hide
let second: Duration = CommandLine.arguments.contains("--fast") ? .milliseconds(20) : .seconds(1)
// snippet.show

let result = AsyncResult<String>()

func setter() throws {
    print("Waitint for me")
    try sleep(second * 3)
    print("After 3 sec, I am done")
    result.set("Get Up")
}

func waiter() throws {
    print("I am waiting")
    let value = try result.get()
    print("I get a value:", value, UInt(bitPattern: ObjectIdentifier(Greenlet.current)))
}

try joinAll([
    spawn(setter),
    spawn(waiter),
    spawn(waiter),
])
