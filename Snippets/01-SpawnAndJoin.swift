// Two greenlets that let each other run.
//
// `spawn` makes a greenlet and starts it, `sleep` lets others run, and `joinAll` waits for the end
// of all of them.

import Gevent

func test1() throws {
    print("test1.start")
    try sleep(.zero)
    print("test1.end")
}

func test2() throws {
    print("test2.start")
    try sleep(.zero)
    print("test2.end")
}

try joinAll([
    spawn(test1),
    spawn(test2),
])
