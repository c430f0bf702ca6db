// A limit for everything that follows.
//
// It is thrown where the greenlet waits when the time is up.

import Gevent

// snippet.hide
let second: Duration = CommandLine.arguments.contains("--fast") ? .milliseconds(20) : .seconds(1)
// snippet.show

let timeout = Timeout(second * 2)
timeout.start()

func wait() throws {
    try sleep(second * 10)
}

do {
    try spawn(wait).join()
} catch is Timeout {
    print("Could not complete")
}
