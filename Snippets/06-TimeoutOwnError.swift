// A limit that throws an error of one's own.

import Gevent

// snippet.hide
let second: Duration = CommandLine.arguments.contains("--fast") ? .milliseconds(20) : .seconds(1)
// snippet.show

struct TooSlow: Error {}

do {
    try withTimeout(second * 2, throwing: TooSlow()) {
        try sleep(second * 10)
    }
} catch {
    print(type(of: error))
}
