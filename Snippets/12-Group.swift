// Greenlets that are waited for together.

import Gevent

func talk(_ message: String) {
    for _ in 0..<3 {
        print(message)
    }
}

let g1 = spawn(talk, "bar")
let g2 = spawn(talk, "foo")

let group = Group()
try group.add(g1)
try group.add(g2)
try group.join()
