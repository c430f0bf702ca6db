// SPDX-License-Identifier: Apache-2.0
// accepted
import Gevent

func hand(_ value: some Sendable) {}

func run() throws {
    hand(Event())
    hand(Semaphore())
    hand(RLock())
    hand(Condition())
    hand(Local<Int>())
    hand(Queue<Int>())
    hand(Channel<String>())
    hand(AsyncResult<Int>())
    let greenlet = spawn { 1 }
    hand(greenlet)
    let remote = Hub.current.remote
    let number = try remote.call { try greenlet.get() }
    try remote.submit { print(number) }
    // What stays on the hub need not be Sendable.
    final class Box { var number = 0 }
    let box = Box()
    spawn { box.number += 1 }
    let boxes = Queue<Box>()
    spawn { try boxes.put(box) }
}
