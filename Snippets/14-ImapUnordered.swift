// Results in the order in which they are ready.

import Gevent

// snippet.hide
let second: Duration = CommandLine.arguments.contains("--fast") ? .milliseconds(20) : .seconds(1)
// snippet.show

func intensive(_ number: Int) throws -> (String, Int) {
    try sleep(second * (3 - number))
    return ("task", number)
}

let group = Group()
for result in group.imapUnordered(intensive, 0..<3) {
    print(try result.get())
}
