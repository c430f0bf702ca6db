// System calls that go wrong when the test says so.

import Gevent
import GeventTesting

try TestHub().run {
    let (left, right) = try UnixStream.pair()
    let faults: [Fault] = [
        .shorten("send", to: 2),
        .fail("recv", with: .interrupted, at: .every(2)),
    ]
    let line = try withFaults(faults) {
        try left.write("no byte is lost\n")
        return try right.readLine() ?? "nothing came"
    }
    print(line)

    do {
        try withFaults([.fail("recv", with: .connectionReset, at: .calls(1...1))]) {
            _ = try right.readLine()
        }
    } catch { print(error) }
}
