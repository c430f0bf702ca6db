// Events that the kernel would not bring about on demand: a reader is woken for nothing.

import Gevent
import GeventTesting

try TestHub(clock: .real).run {
    let (near, far) = try UnixStream.pair()
    let number = try near.withDescriptor { $0 }
    let script = ScriptedPoller([
        .ready(number, .readable), .interrupted, .stale(number, .hangup), .nothing,
    ])
    try script.control {
        let reader = spawn { try near.readLine() }
        while !script.isFinished { try sleep(.milliseconds(1)) }
        print(reader.isReady ? "the reader took it for the end" : "the reader waits on")
        try far.write("hello\n")
        print(try reader.get() ?? "the end")
    }
}
