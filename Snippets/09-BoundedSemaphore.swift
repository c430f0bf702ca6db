// Six workers, of whom two may work at once.

import Gevent

// snippet.hide
let second: Duration = CommandLine.arguments.contains("--fast") ? .milliseconds(20) : .seconds(1)
// snippet.show

let semaphore = BoundedSemaphore(2)

func worker(_ number: Int) throws {
    try semaphore.acquire()
    print("Worker \(number) acquire a sem")
    try sleep(second * 2)
    semaphore.release()
    print("Worker \(number) release a sem")
}

try joinAll((0..<6).map { spawn(worker, $0) })
