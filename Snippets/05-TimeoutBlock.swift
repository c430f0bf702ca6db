// A limit for a block only.

import Gevent

// snippet.hide
let second: Duration = CommandLine.arguments.contains("--fast") ? .milliseconds(20) : .seconds(1)
// snippet.show

do {
    try withTimeout(second * 2) {
        try sleep(second * 10)
    }
} catch is Timeout {
    print("Timeout")
}
