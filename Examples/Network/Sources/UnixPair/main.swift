// SPDX-License-Identifier: Apache-2.0
// Two greenlets that talk over a pair of Unix sockets, one line each in turn. Counterpart of
// gevent's unixsocket_client.py and unixsocket_server.py.
import Gevent

let (left, right) = try UnixStream.pair()
let answering = spawn {
    defer { right.close() }
    while let question = try right.readLine() {
        print("asked: \(question)")
        try right.write("\(question.count) letters\n")
    }
}
for word in ["green", "let", "switch"] {
    try left.write(word + "\n")
    print("\(word) has", try left.readLine() ?? "nothing")
}
try left.shutdownWrite()
try answering.get()
print("the other end has gone:", try left.readLine() == nil)
