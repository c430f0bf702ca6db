// A hub in a thread of its own does the work; another thread asks it, and waits without a hub.

import Foundation
import Gevent

let hubs = Channel<HubRemote>()
let isOver = Event()

Thread {
    try? hubs.put(Hub.current.remote)
    // The thread's greenlets run while it waits here.
    _ = try? isOver.wait()
    Hub.current.close()
}.start()

let remote = try hubs.get()

let answer = try remote.call {
    let parts = (1...3).map { part in
        spawn {
            try sleep(.milliseconds(part))
            return part
        }
    }
    return try joinAll(parts).compactMap(\.value).reduce(0, +)
}
print("The other thread's greenlets say \(answer)")

let queue = Queue<String>()
try remote.submit { try queue.put("one") }
try remote.submit { try queue.put("two") }
print(try queue.get(), try queue.get())

print(Hub.currentIfExists == nil ? "This thread has no hub" : "This thread has a hub")
isOver.set()
