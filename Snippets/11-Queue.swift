// Tasks that are handed out, each to one worker.

import Gevent

let tasks = Queue<Int>()

func worker(_ name: String) throws {
    while !tasks.isEmpty {
        let task = try tasks.get()
        print("Worker \(name) got task \(task)")
        try sleep(.zero)
    }
    print("Quitting time!")
}

func boss() throws {
    for number in 1..<25 {
        try tasks.putNowait(number)
    }
}

try spawn(boss).join()

try joinAll([
    spawn(worker, "steve"),
    spawn(worker, "john"),
    spawn(worker, "nancy"),
])
